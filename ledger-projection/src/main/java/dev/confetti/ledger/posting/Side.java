package dev.confetti.ledger.posting;

/** The two sides of a posting. */
public enum Side {
    DEBIT("D"),
    CREDIT("C");

    private final String letter;

    Side(String letter) {
        this.letter = letter;
    }

    /** {@code D} or {@code C}, as in the journal's tables and exports. */
    public String letter() {
        return letter;
    }
}
