package dev.confetti.ledger.proof;

/** An export, or a seal, is not what was sealed; the message names the first line that differs. */
public final class ExportFault extends Exception {
    ExportFault(String message) {
        super(message);
    }

    ExportFault(long line, String message) {
        super("line " + line + ": " + message);
    }
}
