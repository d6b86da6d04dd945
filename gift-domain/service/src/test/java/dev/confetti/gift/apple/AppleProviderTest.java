package dev.confetti.gift.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.purchase.PaymentNotice;
import dev.confetti.gift.purchase.PaymentProvider.NoticeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AppleProviderTest {
    private static final UUID PURCHASE = new UUID(1, 2);

    @TempDir private Path folder = Path.of("");
    private final Chain chain = Chain.made();
    private Path root = Path.of("");

    @BeforeEach
    void writeRoot() throws IOException {
        root = Files.write(folder.resolve("root.cer"), chain.root());
    }

    private static AppleProvider provider(boolean production, Path root, boolean onlineChecks) {
        return new AppleProvider(
                new AppleConfig(
                        FakeAppStore.BUNDLE_ID,
                        FakeAppStore.APP_ID,
                        production,
                        List.of(root),
                        onlineChecks,
                        "",
                        3_000,
                        null));
    }

    private Map<String, Object> transaction(String environment) {
        Map<String, Object> transaction = FakeAppStore.transaction("1", PURCHASE);
        transaction.put("environment", environment);
        return transaction;
    }

    private static void assertRefused(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.problemType()).isEqualTo(type));
    }

    @Test
    void theStoresSandboxCountsOnlyWhereItIsSet() {
        AppleProvider sandbox = provider(false, root, false);
        assertThat(sandbox.readReceipt(PURCHASE, chain.signed(transaction("Sandbox"))))
                .hasOnlyElementsOfType(PaymentNotice.Sold.class)
                .hasSize(1);
        assertRefused(
                ProblemType.RECEIPT_INVALID,
                () -> sandbox.readReceipt(PURCHASE, chain.signed(transaction("Production"))));
        // Whatever calls itself so is not signed by anybody.
        assertRefused(
                ProblemType.RECEIPT_INVALID,
                () -> sandbox.readReceipt(PURCHASE, chain.signed(transaction("Xcode"))));
    }

    @Test
    void withOnlineChecksARevokedCertificateIsRefused() throws IOException {
        try (FakeOcsp ocsp = new FakeOcsp()) {
            Chain checked = Chain.made(ocsp.url());
            ocsp.answersFor(checked);
            Path checkedRoot = Files.write(folder.resolve("checked.cer"), checked.root());
            String signed = checked.signed(transaction("Production"));
            ocsp.down(true);
            assertRefused(
                    ProblemType.UNAVAILABLE,
                    () -> provider(true, checkedRoot, true).readReceipt(PURCHASE, signed));
            ocsp.down(false);
            assertThat(provider(true, checkedRoot, true).readReceipt(PURCHASE, signed)).hasSize(1);
            ocsp.revoke(checked.signer());
            assertRefused(
                    ProblemType.RECEIPT_INVALID,
                    () -> provider(true, checkedRoot, true).readReceipt(PURCHASE, signed));
            // What it signed before counts where nobody asks.
            assertThat(provider(true, checkedRoot, false).readReceipt(PURCHASE, signed)).hasSize(1);
        }
    }

    @Test
    void withoutConsentQuestionsHowMuchIsSpentAreNotAnswered() {
        Map<String, Object> notification =
                FakeAppStore.notification(
                        "CONSUMPTION_REQUEST", chain.signed(transaction("Production")));
        assertThat(provider(true, root, false).read(request(chain.signed(notification)))).isEmpty();
    }

    private static NoticeRequest request(String signed) {
        byte[] body = JsonMapper.shared().writeValueAsBytes(Map.of("signedPayload", signed));
        return new NoticeRequest() {
            @Override
            public @Nullable String header(String name) {
                return null;
            }

            @Override
            public byte[] body() {
                return body;
            }
        };
    }

    @Test
    void certificatesThatCannotBeReadStopTheStart() throws IOException {
        Path missing = folder.resolve("missing.cer");
        assertThatThrownBy(() -> provider(true, missing, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("confetti.apple.root-certificates " + missing);
        Path garbage = Files.writeString(folder.resolve("garbage.cer"), "none");
        assertThatThrownBy(() -> provider(true, garbage, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("confetti.apple.root-certificates [" + garbage);
    }
}
