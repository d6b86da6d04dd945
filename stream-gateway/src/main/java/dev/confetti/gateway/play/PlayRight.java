package dev.confetti.gateway.play;

/** Whether somebody may play a live. */
public sealed interface PlayRight {
    /** Where no tokens are asked for. */
    Granted ANYBODY = new Granted("", "");

    /**
     * Yes.
     *
     * @param viewerId the token's {@code sub}; empty where no tokens are asked for
     * @param token that was shown and found good, three parts of base64url with points between
     *     them; empty where no tokens are asked for
     */
    record Granted(String viewerId, String token) implements PlayRight {
        /** What URLs of the same live need, so that they are granted too; may be empty. */
        public String query() {
            return token.isEmpty() ? "" : "?token=" + token;
        }

        @Override
        public String toString() {
            return "Granted[viewerId=" + viewerId + "]";
        }
    }

    /**
     * No.
     *
     * @param detail what was expected; never the token
     */
    record Refused(Why why, String detail) implements PlayRight {}

    /** Why not. */
    enum Why {
        MISSING,
        /** No token of ours for this live. */
        INVALID,
        EXPIRED
    }
}
