package dev.confetti.gift.bank;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Text in the characters that every bank of SEPA takes (EPC 217-08): Latin letters without accents,
 * digits, space and {@code / - ? : ( ) . , ' +}. Accents are taken off, Greek and Cyrillic are
 * written in Latin letters, punctuation becomes its nearest; what has no Latin form, such as
 * Chinese, becomes full stops.
 */
final class SepaText {
    /** Banks in SEPA read no more of a name (EPC 132-08), though pain.001 has 140. */
    static final int MOST_NAME_CHARACTERS = 70;

    private static final String TAKEN = "/-?:().,'+ ";
    private static final String UNKNOWN = ".";
    private static final Pattern GREEK_U = Pattern.compile("[οΟ][υύΥΎ]");
    private static final Map<Integer, String> NEAREST = new HashMap<>();

    static {
        pairs("ß ss æ ae œ oe ø o đ d ð d þ th ł l ħ h ŧ t ı i ŋ n ə e ẞ SS");
        // ELOT 743, letter by letter but for ου.
        pairs("α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s");
        pairs("τ t υ y φ f χ ch ψ ps ω o");
        pairs("а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t");
        pairs("у u ф f х h ц ts ч ch ш sh щ sht ъ a ы y ь y э e ю yu я ya");
        pairs("є ye і i ї yi ґ g ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ќ kj ѕ dz ў u");
        pairs("& + _ - ; , [ ( ] ) { ( } ) \\ / | / ` ' ´ ' ‘ ' ’ ' ‚ , “ ' ” ' „ ' \" ' ʼ '");
        pairs("~ - ‐ - ‑ - ‒ - – - — - − - · . ¿ ? € E");
    }

    private SepaText() {}

    private static void pairs(String text) {
        List<String> words = List.of(text.split(" ", -1));
        for (int i = 0; i < words.size(); i += 2) {
            String latin = words.get(i + 1);
            NEAREST.put(words.get(i).codePointAt(0), latin);
            int upper = Character.toUpperCase(words.get(i).codePointAt(0));
            NEAREST.putIfAbsent(upper, Character.toUpperCase(latin.charAt(0)) + latin.substring(1));
        }
    }

    /** A name, 1 to 70 characters. */
    static String name(String name) {
        StringBuilder latin = new StringBuilder();
        composed(name).codePoints().forEach(codePoint -> latin.append(nearest(codePoint)));
        String text = latin.toString().strip().replaceAll(" +", " ");
        if (text.length() > MOST_NAME_CHARACTERS) {
            text = text.substring(0, MOST_NAME_CHARACTERS).strip();
        }
        return text.isEmpty() ? UNKNOWN : text;
    }

    /** Letters with their accents as one character each, and the Greek u, which is two letters. */
    private static String composed(String name) {
        return GREEK_U.matcher(Normalizer.normalize(name, Normalizer.Form.NFC))
                .replaceAll(found -> Character.isUpperCase(found.group().charAt(0)) ? "Ou" : "ou");
    }

    private static String nearest(int codePoint) {
        String known = NEAREST.get(codePoint);
        if (known != null) {
            return known;
        }
        if (isTaken(codePoint)) {
            return Character.toString(codePoint);
        }
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
            return " ";
        }
        return withoutAccents(codePoint);
    }

    private static boolean isTaken(int codePoint) {
        return isBetween(codePoint, 'a', 'z')
                || isBetween(codePoint, 'A', 'Z')
                || isBetween(codePoint, '0', '9')
                || TAKEN.indexOf(codePoint) >= 0;
    }

    private static boolean isBetween(int codePoint, char first, char last) {
        return first <= codePoint && codePoint <= last;
    }

    /** The parts that a character is made of: é is e and an accent, ﬁ is f and i. */
    private static String withoutAccents(int codePoint) {
        String whole = Character.toString(codePoint);
        String parts = Normalizer.normalize(whole, Normalizer.Form.NFKD);
        StringBuilder latin = new StringBuilder();
        parts.codePoints()
                .filter(part -> !isMark(part))
                .forEach(
                        part ->
                                latin.append(
                                        part == codePoint
                                                ? UNKNOWN
                                                : isTaken(part)
                                                        ? Character.toString(part)
                                                        : NEAREST.getOrDefault(part, UNKNOWN)));
        return latin.toString();
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT;
    }
}
