package dev.confetti.demo.api;

/** The platform's answer to a gift. */
public record SentGift(
        String giftSendId, String comboId, long comboCount, long spendable, long position) {}
