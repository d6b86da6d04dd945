package dev.confetti.gift.purchase;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.purchase.PaymentProvider.NoticeRequest;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where payment providers tell us of payments; their signature is their only sign-in. */
@RestController
public class WebhookController {
    /** Stripe's largest events are some hundred kilobytes. */
    private static final int MOST_BODY_BYTES = 1 << 20;

    private final PaymentNotices notices;

    public WebhookController(PaymentNotices notices) {
        this.notices = notices;
    }

    /** How many notices concerned us. */
    public record Received(int notices) {}

    @PostMapping("/v1/payments/webhooks/{provider}")
    @Refuses({
        ProblemType.UNKNOWN_PROVIDER,
        ProblemType.SIGNATURE_INVALID,
        ProblemType.MALFORMED_REQUEST,
        ProblemType.CONTENT_TOO_LARGE
    })
    public Received receive(
            @PathVariable String provider, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            throw new RefusedException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "body: expected at most " + MOST_BODY_BYTES + " bytes, got more");
        }
        return new Received(
                notices.receive(
                        provider,
                        new NoticeRequest() {
                            @Override
                            public @Nullable String header(String name) {
                                return request.getHeader(name);
                            }

                            @Override
                            public byte[] body() {
                                return body.clone();
                            }
                        }));
    }
}
