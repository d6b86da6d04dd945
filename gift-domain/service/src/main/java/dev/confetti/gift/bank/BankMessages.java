package dev.confetti.gift.bank;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads what the bank sends: status reports (ISO 20022 pain.002.001.10 and .03) and statements
 * (camt.053.001.08 and .02). A file is checked against its schema before anything of it is
 * believed. Thread-safe.
 */
public final class BankMessages {
    /** A statement of some 20,000 movements; more is a mistake, or an attack on our memory. */
    public static final int MOST_BYTES = 32 * 1024 * 1024;

    private static final int MOST_SHOWN_CHARACTERS = 100;

    /**
     * The message in a file.
     *
     * @param xml in any encoding that the file declares and the JDK knows
     * @throws MalformedBankMessageException if it is longer than {@link #MOST_BYTES}, not XML, has
     *     a document type, is none of the messages above, or not as its schema says
     */
    public BankMessage read(byte[] xml) {
        if (xml.length > MOST_BYTES) {
            throw new MalformedBankMessageException(
                    xml.length + " bytes: expected at most " + MOST_BYTES);
        }
        MessageSchema schema = schemaOf(xml);
        schema.validate(xml);
        try {
            XMLStreamReader in = SafeXml.stream(xml);
            in.nextTag();
            in.nextTag();
            return switch (schema) {
                case PAIN_002_001_03, PAIN_002_001_10 -> new StatusReportReader(in).read();
                case CAMT_053_001_02, CAMT_053_001_08 -> new StatementReader(in).read();
                case PAIN_001_001_09 -> throw unknown(schema.namespace());
            };
        } catch (XMLStreamException e) {
            throw SafeXml.malformed(e);
        }
    }

    private static MessageSchema schemaOf(byte[] xml) {
        try {
            XMLStreamReader in = SafeXml.stream(xml);
            int event = in.next();
            while (event != XMLStreamConstants.START_ELEMENT) {
                if (event == XMLStreamConstants.DTD) {
                    throw new MalformedBankMessageException(
                            in.getLocation().getLineNumber(),
                            "a document type: expected a message without one");
                }
                event = in.next();
            }
            String namespace = in.getNamespaceURI();
            return MessageSchema.of(namespace == null ? "" : namespace)
                    .filter(schema -> schema != MessageSchema.PAIN_001_001_09)
                    .orElseThrow(() -> unknown(namespace == null ? "" : namespace));
        } catch (XMLStreamException e) {
            throw SafeXml.malformed(e);
        }
    }

    private static MalformedBankMessageException unknown(String namespace) {
        String shown =
                namespace.length() > MOST_SHOWN_CHARACTERS
                        ? namespace.substring(0, MOST_SHOWN_CHARACTERS) + "…"
                        : namespace;
        return new MalformedBankMessageException(
                "namespace \""
                        + shown
                        + "\": expected one of "
                        + Stream.of(MessageSchema.values())
                                .filter(schema -> schema != MessageSchema.PAIN_001_001_09)
                                .map(MessageSchema::namespace)
                                .collect(Collectors.joining(", ")));
    }
}
