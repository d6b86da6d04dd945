package dev.confetti.gift.bank;

/**
 * Reads what the bank sends: status reports (ISO 20022 pain.002.001.10 and .03) and statements
 * (camt.053.001.08 and .02). Thread-safe.
 */
public final class BankMessages {
    /** A statement of some 20,000 movements; more is a mistake, or an attack on our memory. */
    public static final int MOST_BYTES = 32 * 1024 * 1024;

    /**
     * The message in a file.
     *
     * @param xml in any encoding that XML knows and the file declares
     * @throws MalformedBankMessageException if it is longer than {@link #MOST_BYTES}, not XML, has
     *     a document type, is none of the messages above, or not as its schema says
     */
    public BankMessage read(byte[] xml) {
        if (xml.length > MOST_BYTES) {
            throw new MalformedBankMessageException(
                    xml.length + " bytes: expected at most " + MOST_BYTES);
        }
        throw new UnsupportedOperationException();
    }
}
