package dev.confetti.gift.statement;

import dev.confetti.gift.bank.BankMessages;
import dev.confetti.gift.http.Answers;
import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import dev.confetti.gift.statement.BankDesk.Told;
import dev.confetti.gift.statement.BankMessageTable.Received;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bank's messages, over HTTP. */
@RestController
public class BankMessageController {
    private final BankDesk desk;

    public BankMessageController(BankDesk desk) {
        this.desk = desk;
    }

    /** Messages, latest first. */
    public record MessageList(List<Received> messages, @Nullable String nextCursor) {}

    /**
     * Takes a file of the bank: ISO 20022 pain.002.001.03 or .10, camt.053.001.02 or .08. The same
     * file again has no further effect.
     */
    @PostMapping("/v1/bank-messages")
    @Creates
    @Refuses({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.CONTENT_TOO_LARGE,
        ProblemType.SAME_PERSON
    })
    public ResponseEntity<Told> receive(
            Caller caller, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        byte[] xml = request.getInputStream().readNBytes(BankMessages.MOST_BYTES + 1);
        if (xml.length > BankMessages.MOST_BYTES) {
            throw new RefusedException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "body: expected at most " + BankMessages.MOST_BYTES + " bytes, got more");
        }
        return Answers.created(desk.receive(caller.id(), xml));
    }

    @GetMapping("/v1/bank-messages")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public MessageList messages(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Received> page = desk.page(PageRequest.of(limit, cursor));
        return new MessageList(page.items(), page.nextCursor());
    }

    @GetMapping("/v1/bank-messages/{id}")
    @Refuses(ProblemType.UNKNOWN_BANK_MESSAGE)
    public Told message(@PathVariable String id) {
        return desk.require(id);
    }
}
