package dev.confetti.gift.bank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A small part of a message, as a tree. Parties, remittance texts and extensions are not in it:
 * they are personal or long, and nothing here needs them.
 *
 * @param text of a leaf, without space around it
 * @param currency of an amount, else null
 * @param line of its beginning, from 1
 */
record XmlElement(
        String name, String text, @Nullable String currency, int line, List<XmlElement> children) {
    private static final Set<String> PASSED_OVER =
            Set.of("SplmtryData", "RmtInf", "RltdRmtInf", "RltdPties", "RltdAgts", "OrgnlTxRef");

    /** What is done with each child; it must read the child to its end. */
    interface ChildReader {
        void read(String name) throws XMLStreamException;
    }

    /** Goes through the children of the element whose beginning was just read, up to its end. */
    static void forEachChild(XMLStreamReader in, ChildReader reader) throws XMLStreamException {
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            reader.read(in.getLocalName());
        }
    }

    /** Reads the element whose beginning was just read. */
    static XmlElement read(XMLStreamReader in) throws XMLStreamException {
        String name = in.getLocalName();
        String currency = in.getAttributeValue(null, "Ccy");
        int line = in.getLocation().getLineNumber();
        StringBuilder text = new StringBuilder();
        List<XmlElement> children = new ArrayList<>();
        int event = in.next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (PASSED_OVER.contains(in.getLocalName())) {
                    skip(in);
                } else {
                    children.add(read(in));
                }
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
            event = in.next();
        }
        return new XmlElement(name, text.toString().strip(), currency, line, List.copyOf(children));
    }

    /** Passes over the element whose beginning was just read. */
    static void skip(XMLStreamReader in) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    Stream<XmlElement> all(String childName) {
        return children.stream().filter(child -> child.name().equals(childName));
    }

    /** The first element at a path of names from here. */
    Optional<XmlElement> find(String... path) {
        Optional<XmlElement> found = Optional.of(this);
        for (String childName : path) {
            found = found.flatMap(element -> element.all(childName).findFirst());
        }
        return found;
    }

    /** The text at a path of names from here; null: there is none, or it is empty. */
    @Nullable String textAt(String... path) {
        return find(path).map(XmlElement::text).filter(found -> !found.isEmpty()).orElse(null);
    }

    /** The text of a child that the schema requires. */
    String required(String childName) {
        String found = textAt(childName);
        if (found == null) {
            throw malformed(childName + ": expected a text that is not empty");
        }
        return found;
    }

    /** The amount that this element holds. */
    Amount amount() {
        if (currency == null) {
            throw malformed("expected an amount with its currency");
        }
        try {
            return new Amount(CurrencyAmounts.minor(text, currency), currency);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** The amount that this element holds, where it is but a hint: empty if it cannot be read. */
    Optional<Amount> readableAmount() {
        try {
            return Optional.of(amount());
        } catch (MalformedBankMessageException e) {
            return Optional.empty();
        }
    }

    MalformedBankMessageException malformed(String fault) {
        return new MalformedBankMessageException(line, name + ": " + fault);
    }

    /**
     * An amount of money.
     *
     * @param minor 0 or more, in minor units of the currency
     */
    record Amount(long minor, String currency) {}
}
