package dev.confetti.gift.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SepaTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ada Lovelace|Ada Lovelace",
                "René Müller|Rene Muller",
                "Rene\u0301|Rene",
                "Łukasz Żółć|Lukasz Zolc",
                "Straße ẞ|Strasse SS",
                "Æsir Ørsted Œuvre|Aesir Orsted Oeuvre",
                "Þóra Ðuro|Thora Duro",
                "İpek Işık|Ipek Isik",
                "Αλέξανδρος Παπαδόπουλος|Alexandros Papadopoulos",
                "Юлия Щербакова Ёлкина|Yuliya Shterbakova Elkina",
                "Иван Йовчев|Ivan Yovchev",
                "O’Neil & Söhne; [Ltd]|O'Neil + Sohne, (Ltd)",
                "ﬁne Ⅳ|fine IV",
                "a/-?:().,'+z|a/-?:().,'+z",
                "50% @home|50. .home",
                "李明|..",
                "\uD83C\uDF89 Party|. Party",
            })
    void aNameIsWrittenInTheCharactersOfSepa(String name, String expected) {
        assertThat(SepaText.name(name)).isEqualTo(expected);
    }

    @Test
    void anySpaceIsOneSpace() {
        assertThat(SepaText.name("a\tb\r\nc \u00A0 d\u3000")).isEqualTo("a b c d");
    }

    @Test
    void aNameIsCutToSeventyCharacters() {
        assertThat(SepaText.name("ß".repeat(60))).isEqualTo("s".repeat(70));
        assertThat(SepaText.name("a".repeat(69) + " b")).isEqualTo("a".repeat(69));
    }

    @Test
    void aNameOfMarksAloneIsAFullStop() {
        assertThat(SepaText.name("\u0301\u200D")).isEqualTo(".");
        assertThat(SepaText.name("A\u200Dda")).isEqualTo("Ada");
    }
}
