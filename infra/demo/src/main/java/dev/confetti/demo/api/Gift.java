package dev.confetti.demo.api;

/** A gift of the catalogue. */
public record Gift(String giftId, String name, long coins) {}
