package dev.confetti.gift.bank;

import dev.confetti.gift.bank.AccountStatement.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads camt.053, versions 02 and 08. */
final class StatementReader {
    private static final String FIRST_PAGE = "1";

    private final XMLStreamReader in;
    private final List<Statement> statements = new ArrayList<>();
    private String messageId = "";
    private String messagePage = FIRST_PAGE;

    /**
     * @param in right after the beginning of {@code BkToCstmrStmt}, of a file that is valid
     */
    StatementReader(XMLStreamReader in) {
        this.in = in;
    }

    AccountStatement read() throws XMLStreamException {
        XmlElement.forEachChild(
                in,
                name -> {
                    switch (name) {
                        case "GrpHdr" -> header(XmlElement.read(in));
                        case "Stmt" -> statements.add(new OneStatement().read());
                        default -> XmlElement.skip(in);
                    }
                });
        return new AccountStatement(messageId, statements);
    }

    private void header(XmlElement header) {
        messageId = header.required("MsgId");
        String page = header.textAt("MsgPgntn", "PgNb");
        messagePage = page == null ? FIRST_PAGE : page;
    }

    /** One {@code Stmt}; its entries may be too many for a tree of them all. */
    private final class OneStatement {
        private final List<StatementLine> lines = new ArrayList<>();
        private final LineReferences references = new LineReferences();
        private final StatementBalances balances = new StatementBalances();
        private String statementId = "";
        private String page = messagePage;
        private @Nullable Iban account;

        Statement read() throws XMLStreamException {
            int line = in.getLocation().getLineNumber();
            XmlElement.forEachChild(
                    in,
                    name -> {
                        switch (name) {
                            case "Id" -> statementId = id(XmlElement.read(in));
                            case "StmtPgntn" -> page = XmlElement.read(in).required("PgNb");
                            case "Acct" -> account = iban(XmlElement.read(in));
                            case "Bal" -> balances.add(XmlElement.read(in));
                            case "Ntry" -> {
                                references.nextEntry(statementId, page);
                                lines.addAll(new EntryReader(in, references).read());
                            }
                            default -> XmlElement.skip(in);
                        }
                    });
            Statement statement = new Statement(statementId, account, lines);
            if (!statement.hasMovements()) {
                balances.requireUnmoved(line);
            }
            return statement;
        }

        private static String id(XmlElement id) {
            if (id.text().isEmpty()) {
                throw id.malformed("expected a text that is not empty");
            }
            return id.text();
        }

        private static @Nullable Iban iban(XmlElement account) {
            String text = account.textAt("Id", "IBAN");
            try {
                return text == null ? null : new Iban(text);
            } catch (IllegalArgumentException e) {
                throw account.malformed(String.valueOf(e.getMessage()));
            }
        }
    }
}
