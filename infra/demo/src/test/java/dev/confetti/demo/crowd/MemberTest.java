package dev.confetti.demo.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.demo.api.CoinPackage;
import dev.confetti.demo.api.ConfettiApi;
import dev.confetti.demo.api.Gift;
import dev.confetti.demo.crowd.Member.Outcome;
import dev.confetti.demo.stub.StubPlatform;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemberTest {
    private static final PlannedSend ROSE =
            new PlannedSend(0, 0, new Gift("rose", "Rose", 1), 1, 7);
    private static final PlannedSend WHALE =
            new PlannedSend(0, 0, new Gift("whale", "Whale", 5000), 1, 8);

    private StubPlatform platform;
    private ConfettiApi api;
    private Member member;

    @BeforeEach
    void start() throws IOException {
        platform = new StubPlatform();
        api = new ConfettiApi(platform.url());
        member = member(30);
    }

    private Member member(long most) {
        AtomicInteger numbers = new AtomicInteger();
        return new Member(
                new Person("v1", "Aiko", most, 1),
                api,
                List.of(new CoinPackage("large", 10_500), new CoinPackage("small", 70)),
                () -> "key-" + numbers.incrementAndGet());
    }

    @AfterEach
    void stop() {
        api.close();
        platform.close();
    }

    @Test
    void buysTheSmallestPackageThatIsEnoughAndSendsAgainUnderANewKey() throws InterruptedException {
        assertThat(member.send(ROSE, "live-1")).isInstanceOf(Outcome.Sent.class);
        assertThat(platform.next("/v1/gift-sends").key()).isEqualTo("key-1");
        StubPlatform.Call purchase = platform.next("/v1/coin-purchases");
        assertThat(purchase.body().path("packageId").asString()).isEqualTo("small");
        assertThat(purchase.body().path("provider").asString()).isEqualTo("sandbox");
        assertThat(purchase.key()).isEqualTo("key-2");
        assertThat(platform.next("/v1/gift-sends").key()).isEqualTo("key-3");
    }

    @Test
    void buysTheLargestPackageWhenNoneIsEnough() throws InterruptedException {
        assertThat(member(20_000).send(WHALE, "live-1")).isInstanceOf(Outcome.Sent.class);
        assertThat(platform.next("/v1/coin-purchases").body().path("packageId").asString())
                .isEqualTo("large");
    }

    @Test
    void joinsTheComboOfItsBurstAndNoOther() throws InterruptedException {
        Outcome.Sent first = (Outcome.Sent) member.send(ROSE, "live-1");
        platform.next("/v1/gift-sends");
        assertThat(platform.next("/v1/gift-sends").body().has("comboId")).isFalse();
        member.send(ROSE, "live-1");
        assertThat(platform.next("/v1/gift-sends").body().path("comboId").asString())
                .isEqualTo(first.gift().comboId());
        member.send(new PlannedSend(0, 0, ROSE.gift(), 1, 9), "live-1");
        assertThat(platform.next("/v1/gift-sends").body().has("comboId")).isFalse();
    }

    @Test
    void signsInAnewWhenItsTokenIsNoLongerGood() throws InterruptedException {
        platform.refuseNextSend(401, "unauthenticated");
        assertThat(member.send(ROSE, "live-1")).isInstanceOf(Outcome.Sent.class);
        platform.next("/v1/dev/tokens");
        platform.next("/v1/gift-sends");
        platform.next("/v1/dev/tokens");
    }

    @Test
    void tellsRefusalsApart() throws InterruptedException {
        member.send(ROSE, "live-1");
        platform.refuseNextSend(429, "sending-too-fast");
        assertThat(member.send(ROSE, "live-1")).isInstanceOf(Outcome.TooFast.class);
        platform.refuseNextSend(409, "live-not-active");
        assertThat(member.send(ROSE, "live-1")).isInstanceOf(Outcome.NotNow.class);
        platform.refuseNextSend(503, "internal-error");
        assertThat(member.send(ROSE, "live-1")).isInstanceOf(Outcome.NotNow.class);
        platform.refuseNextSend(403, "wallet-blocked");
        assertThat(member.send(ROSE, "live-1"))
                .isEqualTo(
                        new Outcome.Refused(
                                "wallet-blocked",
                                "POST /v1/gift-sends → 403 wallet-blocked: refused by the stub"));
    }

    @Test
    void anAbsentPlatformIsAnOutcomeToo() throws InterruptedException {
        platform.close();
        assertThat(member.send(ROSE, "live-1"))
                .isInstanceOfSatisfying(
                        Outcome.NotNow.class, o -> assertThat(o.kind()).isEqualTo("no-answer"));
    }
}
