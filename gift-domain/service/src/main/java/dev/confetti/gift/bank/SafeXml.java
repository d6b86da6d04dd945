package dev.confetti.gift.bank;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.Validator;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * Parses XML of strangers: no document type, so no entities and nothing fetched, and elements no
 * deeper than any message of ours. The JDK's own parsers, whatever else is on the class path.
 */
final class SafeXml {
    /** The messages that we read go down to 15 or so. */
    static final int MOST_DEPTH = 64;

    private static final String DEPTH = "jdk.xml.maxElementDepth";

    /**
     * Without a document type there are no entities but the five of XML and characters by number;
     * the JDK counts what stands for itself among them, and a day of umlauts is more than it takes.
     * None of them is longer than the reference to it, so no file has more of them than bytes.
     */
    private static final List<String> REFERENCES =
            List.of("jdk.xml.totalEntitySizeLimit", "jdk.xml.maxGeneralEntitySizeLimit");

    private static final String MOST_REFERENCES = String.valueOf(BankMessages.MOST_BYTES);
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String LOCALE = "http://apache.org/xml/properties/locale";

    private SafeXml() {}

    static XMLStreamReader stream(byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(DEPTH, String.valueOf(MOST_DEPTH));
        REFERENCES.forEach(limit -> factory.setProperty(limit, MOST_REFERENCES));
        return factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    }

    /**
     * Checks a file against a schema.
     *
     * @throws MalformedBankMessageException naming the first fault
     */
    static void validate(byte[] xml, Schema schema) {
        Validator validator = schema.newValidator();
        FaultPath path = new FaultPath();
        try {
            validator.setProperty(LOCALE, Locale.ENGLISH);
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            for (String limit : REFERENCES) {
                validator.setProperty(limit, MOST_REFERENCES);
            }
            path.setParent(reader());
            validator.validate(new SAXSource(path, new InputSource(new ByteArrayInputStream(xml))));
        } catch (SAXParseException e) {
            throw malformed(e.getLineNumber(), path.fault(e));
        } catch (SAXException | IOException e) {
            throw malformed(0, "expected XML in a known encoding, got none");
        }
    }

    static MalformedBankMessageException malformed(int line, String message) {
        return line > 0
                ? new MalformedBankMessageException(line, message)
                : new MalformedBankMessageException(message);
    }

    /** Of a parser's complaint, which speaks of the syntax, not of what the file tells. */
    static MalformedBankMessageException malformed(XMLStreamException e) {
        String[] parts = String.valueOf(e.getMessage()).split("Message: ", 2);
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
        return malformed(
                line,
                "expected well-formed XML without a document type: " + parts[parts.length - 1]);
    }

    private static XMLReader reader() throws SAXException {
        SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setProperty(DEPTH, String.valueOf(MOST_DEPTH));
            for (String limit : REFERENCES) {
                reader.setProperty(limit, MOST_REFERENCES);
            }
            return reader;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this JDK has no safe XML parser", e);
        }
    }
}
