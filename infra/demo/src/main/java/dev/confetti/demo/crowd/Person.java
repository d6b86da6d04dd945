package dev.confetti.demo.crowd;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A simulated viewer's character.
 *
 * @param most what they ever pay for one gift, in coins
 * @param eagerness their share of what happens, relative to the others'
 */
record Person(String id, String name, long most, int eagerness) {
    /** Invented names from around the world; none means anyone. */
    private static final List<String> NAMES =
            List.of(
                    "Aiko Tanabe",
                    "Mateo R.",
                    "Zainab",
                    "Łukasz",
                    "Priya ✨",
                    "김하늘",
                    "Noor",
                    "Chidi O.",
                    "Freya",
                    "João Pedro",
                    "さくら",
                    "Camille",
                    "Tariq",
                    "Оля",
                    "Lindiwe",
                    "Santi",
                    "Mei Lin",
                    "Björn",
                    "Amara",
                    "Giulia",
                    "Keanu K.",
                    "Yara",
                    "Dmytro",
                    "Ngọc",
                    "Sofía L.",
                    "Eun-ji",
                    "Kwame",
                    "Ines",
                    "Rashid",
                    "Tove",
                    "Anouk",
                    "小雨",
                    "Marek",
                    "Leilani",
                    "Hamza",
                    "Elif",
                    "Beto",
                    "Saoirse",
                    "Ravi",
                    "Wanjiru",
                    "Nikos",
                    "Paloma",
                    "Theo",
                    "نور الهدى",
                    "Ingrid",
                    "Kofi",
                    "Valentina",
                    "Arjun",
                    "Matilda",
                    "Jun",
                    "Malia",
                    "Oksana",
                    "Felipe",
                    "Hana",
                    "Jabari",
                    "Elio",
                    "Thandi",
                    "Sven",
                    "Lucía",
                    "Omar");

    /** The people of one live: few spend much, most spend little. */
    static List<Person> crowd(String idPrefix, int count, Random random) {
        int first = random.nextInt(NAMES.size());
        return IntStream.range(0, count).mapToObj(i -> person(idPrefix, first, i, random)).toList();
    }

    private static Person person(String idPrefix, int first, int index, Random random) {
        int at = first + index;
        String name = NAMES.get(at % NAMES.size());
        int round = index / NAMES.size();
        String unique = round == 0 ? name : name + " " + (round + 1);
        int draw = index < 2 ? 99 : random.nextInt(100);
        long most = draw < 62 ? 30 : draw < 92 ? 500 : 20_000;
        int eagerness = 1 + random.nextInt(draw < 62 ? 4 : 8);
        return new Person(idPrefix + (index + 1), unique, most, eagerness);
    }
}
