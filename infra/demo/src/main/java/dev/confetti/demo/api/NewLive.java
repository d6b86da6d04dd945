package dev.confetti.demo.api;

/** A live with what its creator needs to publish on it. */
public record NewLive(String liveId, String streamKey, String rtmpUrl) {}
