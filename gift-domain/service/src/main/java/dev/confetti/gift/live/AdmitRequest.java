package dev.confetti.gift.live;

import dev.confetti.gift.http.JsonRequest;

/** The body of the gateway's question whether somebody may publish. */
public record AdmitRequest(String streamKey, String publisherId) implements JsonRequest {}
