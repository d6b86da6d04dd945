package dev.confetti.gift.bank;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What moved on accounts of ours: ISO 20022 camt.053. */
public record AccountStatement(String messageId, List<Statement> statements)
        implements BankMessage {
    public AccountStatement {
        statements = List.copyOf(statements);
    }

    /** The lines of all its statements, in order. */
    public Stream<StatementLine> lines() {
        return statements.stream().flatMap(statement -> statement.lines().stream());
    }

    /**
     * One statement of one account.
     *
     * @param statementId the bank's own name of it
     * @param account null: the bank names it otherwise than by IBAN
     */
    public record Statement(String statementId, @Nullable Iban account, List<StatementLine> lines) {
        public Statement {
            lines = List.copyOf(lines);
        }

        /** Whether any of its lines is booked; of a quiet day none is. */
        boolean hasMovements() {
            return lines.stream().anyMatch(StatementLine::isBooked);
        }
    }
}
