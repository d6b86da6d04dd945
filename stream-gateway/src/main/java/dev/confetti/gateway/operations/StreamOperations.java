package dev.confetti.gateway.operations;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.stream.Stream;
import dev.confetti.gateway.stream.StreamSnapshot;
import dev.confetti.gateway.stream.Streams;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The operators' requests under {@code /v1/streams}, for whoever has the service token.
 * Thread-safe.
 *
 * <ul>
 *   <li>{@code GET /v1/streams}, {@code GET /v1/streams/{liveId}}: how streams do
 *   <li>{@code GET /v1/streams/{liveId}/viewers}: who watches or listens
 *   <li>{@code DELETE /v1/streams/{liveId}/viewers/{connectionId}}, {@code DELETE
 *       /v1/streams/{liveId}/publisher}: sends away
 * </ul>
 */
public final class StreamOperations {
    /** Where all of its paths are. */
    public static final String PATH = "/v1/streams";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final String BEARER = "Bearer ";
    private static final String KICKED = "sent away by an operator";

    private final Streams streams;
    private final byte[] token;

    public StreamOperations(Streams streams, String serviceToken) {
        this.streams = streams;
        this.token = serviceToken.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Answers a request.
     *
     * @param target path and query, with nothing in the path decoded
     * @param authorization the header's value; empty where there is none
     * @return completes on any thread, never exceptionally
     */
    public CompletionStage<OperationsAnswer> answer(
            String method, String target, String authorization) {
        if (!authorised(authorization)) {
            return now(
                    new OperationsAnswer.Problem(
                            401,
                            "unauthorized",
                            "no valid service token: expected Authorization: Bearer TOKEN"));
        }
        QueryStringDecoder query = new QueryStringDecoder(target);
        try {
            var _ = query.parameters();
        } catch (IllegalArgumentException e) {
            return now(
                    new OperationsAnswer.Problem(
                            400,
                            "malformed-request",
                            "query: expected % before two hexadecimal digits, and UTF-8"));
        }
        List<String> path = List.of(query.rawPath().substring(1).split("/", -1));
        boolean get = method.equals("GET") || method.equals("HEAD");
        boolean delete = method.equals("DELETE");
        int depth = path.size();
        if (depth == 2) {
            return get ? now(list(query)) : notAllowed(method, "GET");
        }
        Stream stream = streams.find(path.get(2));
        if (stream == null) {
            return now(
                    new OperationsAnswer.Problem(
                            404,
                            "unknown-live",
                            "live \"" + path.get(2) + "\": not on this gateway now"));
        }
        if (depth == 3) {
            return get
                    ? now(new OperationsAnswer.Found(stream(stream.snapshot())))
                    : notAllowed(method, "GET");
        }
        String what = path.get(3);
        if (depth == 4 && what.equals("viewers")) {
            return get
                    ? stream.audience().thenApply(all -> audience(all, query))
                    : notAllowed(method, "GET");
        }
        if (depth == 4 && what.equals("publisher")) {
            return delete ? kickPublisher(stream) : notAllowed(method, "DELETE");
        }
        if (depth == 5 && what.equals("viewers")) {
            return delete ? kickViewer(stream, path.get(4)) : notAllowed(method, "DELETE");
        }
        return now(
                new OperationsAnswer.Problem(
                        404,
                        "not-found",
                        "path: expected "
                                + PATH
                                + "/{liveId}, …/viewers, …/viewers/{connectionId} or …/publisher"));
    }

    private boolean authorised(String authorization) {
        return authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        token);
    }

    private static CompletionStage<OperationsAnswer> now(OperationsAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static CompletionStage<OperationsAnswer> notAllowed(String method, String expected) {
        return now(
                new OperationsAnswer.Problem(
                        405, "method-not-allowed", "method " + method + ": expected " + expected));
    }

    private OperationsAnswer list(QueryStringDecoder query) {
        List<Stream> all =
                streams.all().stream().sorted(Comparator.comparing(Stream::liveId)).toList();
        return page("streams", all, Stream::liveId, stream -> stream(stream.snapshot()), query);
    }

    private static OperationsAnswer audience(List<Connection> all, QueryStringDecoder query) {
        return page(
                "viewers",
                all.stream().sorted(Comparator.comparing(Connection::id)).toList(),
                connection -> connection.id().toString(),
                StreamOperations::viewer,
                query);
    }

    /** A page of a list that is sorted by its cursor. */
    private static <T> OperationsAnswer page(
            String name,
            List<T> sorted,
            Function<T, String> cursorOf,
            Function<T, Map<String, Object>> json,
            QueryStringDecoder query) {
        int limit;
        String limitText = parameter(query, "limit");
        try {
            limit = limitText.isEmpty() ? DEFAULT_LIMIT : Integer.parseInt(limitText);
        } catch (NumberFormatException e) {
            limit = 0;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            return new OperationsAnswer.Problem(
                    400,
                    "malformed-request",
                    "limit \"" + limitText + "\": expected 1 to " + MAX_LIMIT);
        }
        String cursor = parameter(query, "cursor");
        List<Map<String, Object>> items = new ArrayList<>();
        Map<String, Object> body = new LinkedHashMap<>();
        String last = "";
        for (T each : sorted) {
            if (cursorOf.apply(each).compareTo(cursor) > 0) {
                if (items.size() == limit) {
                    body.put("nextCursor", last);
                    break;
                }
                items.add(json.apply(each));
                last = cursorOf.apply(each);
            }
        }
        body.put(name, items);
        return new OperationsAnswer.Found(body);
    }

    private static String parameter(QueryStringDecoder query, String name) {
        return query.parameters().getOrDefault(name, List.of("")).getFirst();
    }

    private static CompletionStage<OperationsAnswer> kickPublisher(Stream stream) {
        return stream.kickPublisher(KICKED)
                .thenApply(
                        kicked ->
                                kicked
                                        ? new OperationsAnswer.Done()
                                        : new OperationsAnswer.Problem(
                                                409,
                                                "no-publisher",
                                                "live \""
                                                        + stream.liveId()
                                                        + "\": nobody publishes it now"));
    }

    private static CompletionStage<OperationsAnswer> kickViewer(Stream stream, String text) {
        return stream.audience()
                .thenApply(
                        all ->
                                all.stream()
                                        .filter(c -> c.id().toString().equals(text))
                                        .findFirst()
                                        .<OperationsAnswer>map(
                                                connection -> {
                                                    connection.kick(KICKED);
                                                    return new OperationsAnswer.Done();
                                                })
                                        .orElseGet(
                                                () ->
                                                        new OperationsAnswer.Problem(
                                                                404,
                                                                "unknown-viewer",
                                                                "connection \""
                                                                        + text
                                                                        + "\": does not watch live \""
                                                                        + stream.liveId()
                                                                        + "\" now")));
    }

    private static Map<String, Object> stream(StreamSnapshot snapshot) {
        Map<String, Object> json = new LinkedHashMap<>();
        Connection publisher = snapshot.publisher();
        json.put("liveId", snapshot.liveId());
        json.put("state", publisher == null ? "away" : "live");
        json.put("slate", snapshot.slate());
        json.put("since", snapshot.since().toString());
        json.put("mediaMs", snapshot.mediaMs());
        if (publisher != null) {
            Map<String, Object> who = connection(publisher);
            who.put("receivedBytes", publisher.receivedBytes());
            json.put("publisher", who);
        }
        json.put("video", video(snapshot.video()));
        json.put("audio", audio(snapshot.audio()));
        json.put("viewers", snapshot.viewers());
        json.put("viewersByProtocol", snapshot.viewersByProtocol());
        json.put("giftListeners", snapshot.giftListeners());
        json.put("receivedBytes", snapshot.receivedBytes());
        json.put("sentBytes", snapshot.sentBytes());
        json.put("droppedUnits", snapshot.droppedUnits());
        json.put("queuedBytes", snapshot.queuedBytes());
        json.put("longestQueueBytes", snapshot.longestQueueBytes());
        json.put("longestLagMs", snapshot.longestLagMs());
        json.put(
                "deliveryMs",
                Map.of("mean", snapshot.delay().meanMs(), "max", snapshot.delay().maxMs()));
        json.put("cuesQueued", snapshot.cuesQueued());
        return json;
    }

    private static Map<String, Object> video(StreamSnapshot.Video video) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (video.config() != null) {
            json.put("codec", video.config().codecString());
            json.put("width", video.config().pictureFormat().widthPx());
            json.put("height", video.config().pictureFormat().heightPx());
        }
        json.put("bitsPerSecond", video.bitsPerSecond());
        json.put("framesPerSecond", video.framesPerSecond());
        json.put("gopMs", video.gopMs());
        json.put("gopFrames", video.gopFrames());
        return json;
    }

    private static Map<String, Object> audio(StreamSnapshot.Audio audio) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (audio.config() != null) {
            json.put("codec", audio.config().codecString());
            json.put("sampleRateHz", audio.config().sampleRateHz());
            json.put("channels", audio.config().channels());
        }
        json.put("bitsPerSecond", audio.bitsPerSecond());
        return json;
    }

    private static Map<String, Object> viewer(Connection connection) {
        Map<String, Object> json = connection(connection);
        json.put("sentBytes", connection.sentBytes());
        json.put("droppedUnits", connection.droppedUnits());
        json.put("queuedBytes", connection.queuedBytes());
        json.put("lagMs", connection.lagMs());
        return json;
    }

    private static Map<String, Object> connection(Connection connection) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("connectionId", connection.id().toString());
        json.put("protocol", connection.protocol());
        json.put("remoteAddress", connection.remoteAddress());
        json.put("userAgent", connection.userAgent());
        if (!connection.viewerId().isEmpty()) {
            json.put("viewerId", connection.viewerId());
        }
        json.put("connectedAt", connection.openedAt().toString());
        return json;
    }
}
