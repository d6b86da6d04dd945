package dev.confetti.gift.bank;

import java.io.OutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML, indented by two spaces an element, in UTF-8. Not thread-safe. */
final class XmlOut implements AutoCloseable {
    private static final String INDENT = "  ";

    private final XMLStreamWriter out;
    private int depth;

    XmlOut(OutputStream bytes) throws XMLStreamException {
        // The JDK's own: another on the class path might write other bytes.
        out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
    }

    /** What an element has inside. */
    interface Content {
        void write() throws XMLStreamException;
    }

    void document(String namespace, Content content) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeCharacters("\n");
        out.writeStartElement("Document");
        out.writeDefaultNamespace(namespace);
        inside(content);
        out.writeEndDocument();
        out.writeCharacters("\n");
        out.flush();
    }

    void element(String name, Content content) throws XMLStreamException {
        start(name);
        inside(content);
    }

    void element(String name, String text) throws XMLStreamException {
        start(name);
        out.writeCharacters(text);
        out.writeEndElement();
    }

    void amount(String name, String currency, String decimal) throws XMLStreamException {
        start(name);
        out.writeAttribute("Ccy", currency);
        out.writeCharacters(decimal);
        out.writeEndElement();
    }

    private void start(String name) throws XMLStreamException {
        newLine();
        out.writeStartElement(name);
    }

    private void inside(Content content) throws XMLStreamException {
        depth++;
        content.write();
        depth--;
        newLine();
        out.writeEndElement();
    }

    private void newLine() throws XMLStreamException {
        out.writeCharacters("\n" + INDENT.repeat(depth));
    }

    @Override
    public void close() throws XMLStreamException {
        out.close();
    }
}
