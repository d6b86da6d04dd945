package dev.confetti.gift.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSchemaTest {
    @ParameterizedTest
    @CsvSource({
        "PAIN_001_001_09, de038b373e47b0077b1832ddd81f4b2f1eb25d35721f62da1e38b7f5a09fda24",
        "PAIN_002_001_03, dfb211e63f09825ea89f0ceee870db9e82ab2840fbe8b8148d9c4c2a9a99fd87",
        "PAIN_002_001_10, 2f9f8d0e9891fa9f31ccf0576397afe501614384d688ae6e43ba694b3d24b0cf",
        "CAMT_053_001_02, d664afd198d1f36386a14e2bfd0505c80c1291a5357d8132aa6ab5443a6f2f3d",
        "CAMT_053_001_08, 338e9cb0c9989b5181802a7b773eece070d6815fc9d6483ac0579117bc24ccba"
    })
    void theSchemaIsByteForByteThePublishedOne(MessageSchema schema, String sha256)
            throws IOException, NoSuchAlgorithmException {
        String name = "/iso20022/" + schema.messageName() + ".xsd";
        try (InputStream in = MessageSchema.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);

            assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
        }
    }
}
