package dev.confetti.gift.bank;

import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The messages of ISO 20022 that we write or read, each with the schema of the standard. */
enum MessageSchema {
    PAIN_001_001_09("pain.001.001.09", "CstmrCdtTrfInitn"),
    PAIN_002_001_03("pain.002.001.03", "CstmrPmtStsRpt"),
    PAIN_002_001_10("pain.002.001.10", "CstmrPmtStsRpt"),
    CAMT_053_001_02("camt.053.001.02", "BkToCstmrStmt"),
    CAMT_053_001_08("camt.053.001.08", "BkToCstmrStmt");

    private static final String NAMESPACES = "urn:iso:std:iso:20022:tech:xsd:";

    private final String messageName;
    private final String rootName;

    MessageSchema(String messageName, String rootName) {
        this.messageName = messageName;
        this.rootName = rootName;
    }

    static Optional<MessageSchema> of(String namespace) {
        return Stream.of(values()).filter(each -> each.namespace().equals(namespace)).findFirst();
    }

    String messageName() {
        return messageName;
    }

    /** The one element inside {@code Document}. */
    String rootName() {
        return rootName;
    }

    String namespace() {
        return NAMESPACES + messageName;
    }

    /**
     * Checks a file against the schema.
     *
     * @throws MalformedBankMessageException naming the first fault
     */
    void validate(byte[] xml) {
        SafeXml.validate(xml, Compiled.SCHEMAS.computeIfAbsent(this, MessageSchema::compile));
    }

    private Schema compile() {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        URL file =
                Objects.requireNonNull(
                        MessageSchema.class.getResource("/iso20022/" + messageName + ".xsd"),
                        messageName);
        try {
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return factory.newSchema(file);
        } catch (SAXException e) {
            throw new IllegalStateException("schema of " + messageName + " cannot be read", e);
        }
    }

    /** Compiling takes some hundred milliseconds; a compiled schema may be shared by threads. */
    private static final class Compiled {
        private static final Map<MessageSchema, Schema> SCHEMAS = new ConcurrentHashMap<>();
    }
}
