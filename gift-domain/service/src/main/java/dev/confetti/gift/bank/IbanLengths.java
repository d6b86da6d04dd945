package dev.confetti.gift.bank;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long the IBANs of each country are, by SWIFT's IBAN registry (ISO 13616), release 102 of June
 * 2026.
 *
 * @see <a
 *     href="https://www.swift.com/standards/data-standards/iban-international-bank-account-number">The
 *     registry</a>
 */
final class IbanLengths {
    /** Each line a length, then its countries. */
    private static final String REGISTRY =
            """
            15 NO
            16 BE
            18 DK FI FK FO GL NL SD
            19 MK SI
            20 AT BA EE KZ LT LU MN XK
            21 CH HR LI LV
            22 BG BH CR DE GB GE IE ME RS VA
            23 AE GI IL IQ OM SO TL
            24 AD CZ ES MD PK RO SA SE SK TN VG
            25 LY PT ST
            26 IS TR
            27 BI DJ FR GR IT MC MR SM
            28 AL AZ BY CY DO GT HN HU LB NI PL SV
            29 BR EG PS QA UA
            30 JO KW MU YE
            31 MT SC
            32 LC
            33 RU
            """;

    private static final Map<String, Integer> BY_COUNTRY = byCountry();

    private IbanLengths() {}

    /**
     * Characters of a country's IBANs.
     *
     * @param country ISO 3166 code in capitals; territories go by their country's, such as FR
     * @return empty when the registry has no such country
     */
    static Optional<Integer> of(String country) {
        return Optional.ofNullable(BY_COUNTRY.get(country));
    }

    private static Map<String, Integer> byCountry() {
        Map<String, Integer> lengths = new HashMap<>();
        REGISTRY.lines()
                .map(line -> line.split(" "))
                .forEach(
                        line -> {
                            for (int i = 1; i < line.length; i++) {
                                lengths.put(line[i], Integer.valueOf(line[0]));
                            }
                        });
        return Map.copyOf(lengths);
    }
}
