package dev.confetti.board.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.push.Subscription.Heartbeat;
import dev.confetti.board.push.Subscription.Send;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class ChannelTest {
    private final Channel channel = new Channel(new EventWriter(JsonMapper.builder().build()));

    @Test
    void whoHasTheVersionBeforeGetsTheChangesAndWhoDoesNotTheWhole() throws Exception {
        Subscription quick = subscribe();
        Subscription slow = subscribe();
        channel.publishFirst(Views.of(1, 1, "a:5"));
        assertThat(text(quick)).startsWith("{\"event\":\"standings\",");
        assertThat(text(slow)).startsWith("{\"event\":\"standings\",");

        channel.publish(Views.of(2, 1, "a:6"));
        assertThat(text(quick)).startsWith("{\"event\":\"changes\",");
        channel.publish(Views.of(3, 1, "a:7"));

        assertThat(text(quick))
                .isEqualTo(
                        """
                        {"event":"changes","data":{"board":"gifters/week","window":"2099-W47",\
                        "asOf":"position:3","first":1,"removed":[0],"standings":[\
                        {"rank":1,"member":"a","name":"Name of a","coins":7}]}}""");
        assertThat(text(slow))
                .isEqualTo(
                        """
                        {"event":"standings","data":{"board":"gifters/week","window":"2099-W47",\
                        "asOf":"position:3","standings":[\
                        {"rank":1,"member":"a","name":"Name of a","coins":7}]}}""");
    }

    @Test
    void aVersionThatLooksTheSameIsNotSentAndLosesNobody() throws Exception {
        Subscription listener = subscribe();
        channel.publishFirst(Views.of(1, 1, "a:5"));
        channel.publish(Views.of(2, 1, "a:6"));
        text(listener);
        channel.publish(Views.of(3, 1, "a:6"));
        channel.heartbeat();
        assertThat(listener.next()).isInstanceOf(Heartbeat.class);

        assertThat(text(subscribe())).contains("\"asOf\":\"position:3\"");
        channel.publish(Views.of(4, 1, "a:7"));
        assertThat(text(listener)).startsWith("{\"event\":\"changes\",").contains("\"coins\":7");
    }

    @Test
    void aVersionIsUnderWayUntilThoseWhoHadTheOneBeforeHaveIt() throws Exception {
        Subscription quick = subscribe();
        Subscription slow = subscribe();
        channel.publishFirst(Views.of(1, 1, "a:5"));
        assertThat(channel.isDelivering()).as("nobody had one before").isFalse();
        takeAndComeBack(quick);
        takeAndComeBack(slow);

        channel.publish(Views.of(2, 1, "a:6"));
        assertThat(channel.isDelivering()).isTrue();
        takeAndComeBack(quick);
        assertThat(channel.isDelivering()).isTrue();
        text(slow);
        assertThat(channel.isDelivering()).as("handed out, not yet sent").isTrue();
        channel.heartbeat();
        slow.next();
        assertThat(channel.isDelivering()).isFalse();

        channel.publish(Views.of(3, 1, "a:7"));
        takeAndComeBack(quick);
        channel.publish(Views.of(4, 1, "a:8"));
        assertThat(channel.isDelivering()).isTrue();
        takeAndComeBack(quick);
        assertThat(channel.isDelivering()).as("who lags is waited for no more").isFalse();
    }

    private void takeAndComeBack(Subscription subscription) throws InterruptedException {
        text(subscription);
        channel.heartbeat();
        assertThat(subscription.next()).isInstanceOf(Heartbeat.class);
    }

    @Test
    void whoIsSlowIsWaitedForNoLongerThanASecond() throws Exception {
        Subscription slow = subscribe();
        channel.publishFirst(Views.of(1, 1, "a:5"));
        takeAndComeBack(slow);
        channel.publish(Views.of(2, 1, "a:6"));
        assertThat(channel.isDelivering()).isTrue();

        await().until(() -> !channel.isDelivering());
        assertThat(text(slow)).as("what it has missed meanwhile").contains("\"coins\":6");
    }

    @Test
    void aFirstVersionThatWasReadBeforeAnotherIsPassedOver() throws Exception {
        channel.publishFirst(Views.of(2, 1, "a:6"));
        channel.publishFirst(Views.of(1, 1, "a:5"));

        assertThat(text(subscribe())).contains("\"asOf\":\"position:2\"");
        assertThat(channel.tokenIf("2099-W47")).isEqualTo("token 2");
    }

    @Test
    void anotherWindowIsSentAsAWholeAlsoWhenItLooksTheSame() throws Exception {
        Subscription listener = subscribe();
        channel.publishFirst(Views.of("2099-W47", 1, 1, null));
        text(listener);
        assertThat(channel.tokenIf("2099-W47")).isEqualTo("token 1");
        assertThat(channel.tokenIf("2099-W48")).isEqualTo("?");

        channel.publish(Views.of("2099-W48", 1, 1, null));
        assertThat(text(listener))
                .startsWith("{\"event\":\"standings\",")
                .contains("\"window\":\"2099-W48\"");
    }

    @Test
    void allWhoListenAreSentTheSameBytes() throws Exception {
        Subscription one = subscribe();
        Subscription other = subscribe();
        channel.publishFirst(Views.of(1, 1, "a:5"));
        byte[] bytes = message(one).eventBytes();

        assertThat(message(other).eventBytes()).isSameAs(bytes);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        event: standings
                        data: {"board":"gifters/week","window":"2099-W47","asOf":"position:1",\
                        "standings":[{"rank":1,"member":"a","name":"Name of a","coins":5}]}

                        """);
    }

    @Test
    void whoSleepsIsWokenByAVersionAndByTheEnd() throws Exception {
        Subscription listener = subscribe();
        Thread publisher =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    channel.publishFirst(Views.of(1, 1, "a:5"));
                                });
        assertThat(text(listener)).contains("\"position:1\"");
        publisher.join();
        Thread closer = Thread.ofVirtual().start(channel::close);
        assertThat(listener.next()).isNull();
        closer.join();
    }

    @Test
    void aPlaceIsGivenUpOnce() throws Exception {
        Subscription[] left = new Subscription[1];
        Subscription listener =
                new Subscription(
                        channel,
                        gone -> {
                            assertThat(left[0]).isNull();
                            left[0] = gone;
                        });
        channel.add(listener);
        listener.close();
        listener.close();
        assertThat(left[0]).isSameAs(listener);
        assertThat(listener.next()).isNull();
        assertThat(channel.removeLast(listener)).isTrue();
    }

    private Subscription subscribe() {
        Subscription subscription = new Subscription(channel, gone -> {});
        channel.add(subscription);
        return subscription;
    }

    private static String text(Subscription subscription) throws InterruptedException {
        return message(subscription).text();
    }

    private static Message message(Subscription subscription) throws InterruptedException {
        return ((Send) Objects.requireNonNull(subscription.next())).message();
    }
}
