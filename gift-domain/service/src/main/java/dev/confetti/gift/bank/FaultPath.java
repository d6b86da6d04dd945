package dev.confetti.gift.bank;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Knows which element is being validated, and says of a fault where it is and what was expected,
 * but not what was there: that may be a name or an account number.
 */
final class FaultPath extends XMLFilterImpl {
    private static final Pattern KEY =
            Pattern.compile("(cvc-[A-Za-z0-9.-]+): (.*)", Pattern.DOTALL);
    private static final Pattern EXPECTED =
            Pattern.compile(".* with respect to (.*)", Pattern.DOTALL);
    // These speak of elements and attributes alone.
    private static final Pattern OF_STRUCTURE =
            Pattern.compile("cvc-(elt\\.1.*|complex-type\\.(2\\.[134].*|3\\.2\\.2|4))");
    private static final Pattern NAMESPACE = Pattern.compile("\"?urn:[^\"}:]*(:[^\"}:]*)*\"?:");
    private static final int MOST_CHARACTERS = 400;

    private final Deque<String> open = new ArrayDeque<>();

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes)
            throws SAXException {
        open.addLast(name);
        super.startElement(uri, name, qName, attributes);
    }

    @Override
    public void endElement(String uri, String name, String qName) throws SAXException {
        super.endElement(uri, name, qName);
        open.removeLast();
    }

    /** What is wrong, without any value of the file. */
    String fault(SAXParseException e) {
        String message = String.valueOf(e.getMessage());
        Matcher key = KEY.matcher(message);
        String where = open.isEmpty() ? "at the beginning" : String.join("/", open);
        if (!key.matches()) {
            return where + ": expected well-formed XML without a document type: " + shown(message);
        }
        if (OF_STRUCTURE.matcher(key.group(1)).matches()) {
            return where + ": not as its schema says: " + shown(key.group(2));
        }
        Matcher expected = EXPECTED.matcher(key.group(2));
        return where
                + ": a value that its schema refuses ("
                + key.group(1)
                + ")"
                + (expected.matches() ? ": expected " + shown(expected.group(1)) : "");
    }

    private static String shown(String text) {
        String shorter = NAMESPACE.matcher(text).replaceAll("");
        return shorter.length() > MOST_CHARACTERS
                ? shorter.substring(0, MOST_CHARACTERS) + "…"
                : shorter;
    }
}
