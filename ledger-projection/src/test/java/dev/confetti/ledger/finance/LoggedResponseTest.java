package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** What is told of an answer, and how much of the answer was given by then. */
class LoggedResponseTest {
    private final MockHttpServletResponse client = new MockHttpServletResponse();
    private final List<String> told = new ArrayList<>();
    private boolean canBeTold = true;
    private final LoggedResponse answer =
            new LoggedResponse(
                    client,
                    status -> {
                        told.add(status + " after " + client.getContentAsByteArray().length);
                        return canBeTold;
                    });

    @Test
    void theStatusIsToldOnceBeforeTheFirstByte() throws IOException {
        answer.setStatus(201);
        answer.getOutputStream().write("coins".getBytes(StandardCharsets.UTF_8));
        answer.getOutputStream().write('!');
        answer.flushBuffer();
        answer.end();
        assertThat(told).containsExactly("201 after 0");
        assertThat(client.getContentAsString()).isEqualTo("coins!");
    }

    @Test
    void anAnswerIsToldBeforeItsHeadersLeave() throws IOException {
        answer.setStatus(202);
        answer.flushBuffer();
        assertThat(told).containsExactly("202 after 0");
        assertThat(client.isCommitted()).isTrue();
    }

    @Test
    void oneByteIsAnAnswerToo() throws IOException {
        answer.getOutputStream().write('!');
        assertThat(told).containsExactly("200 after 0");
    }

    @Test
    void whatAWriterHasIsGivenAtTheEnd() throws IOException {
        answer.getWriter().print("coins");
        answer.end();
        assertThat(told).containsExactly("200 after 0");
        assertThat(client.getContentAsString()).isEqualTo("coins");
    }

    @Test
    void anAnswerWithoutABodyIsToldOf() throws IOException {
        answer.setStatus(204);
        answer.end();
        assertThat(told).containsExactly("204 after 0");
    }

    @Test
    void errorsAndRedirectionsAreToldByTheirOwnStatus() throws IOException {
        answer.sendError(404);
        assertThat(told).containsExactly("404 after 0");
        told.clear();
        LoggedResponse second =
                new LoggedResponse(
                        new MockHttpServletResponse(),
                        status -> told.add(Integer.toString(status)));
        second.sendError(503, "not now");
        assertThat(told).containsExactly("503");
        told.clear();
        LoggedResponse third =
                new LoggedResponse(
                        new MockHttpServletResponse(),
                        status -> told.add(Integer.toString(status)));
        third.sendRedirect("/elsewhere");
        assertThat(told).containsExactly("302");
    }

    @Test
    void anAnswerThatBreaksOffIsAnErrorUnlessItHasBegun() throws IOException {
        assertThat(answer.failed()).isTrue();
        assertThat(told).containsExactly("500 after 0");
        assertThat(answer.isRefused()).isFalse();
    }

    @Test
    void nothingIsGivenOfWhatCannotBeTold() throws IOException {
        canBeTold = false;
        answer.getOutputStream().write("coins".getBytes(StandardCharsets.UTF_8));
        answer.getOutputStream().write('!');
        answer.getOutputStream().flush();
        answer.flushBuffer();
        answer.sendError(404);
        answer.end();
        answer.getOutputStream().close();
        assertThat(told).containsExactly("200 after 0");
        assertThat(answer.isRefused()).isTrue();
        assertThat(answer.failed()).isFalse();
        assertThat(client.getContentAsByteArray()).isEmpty();
        assertThat(client.isCommitted()).isFalse();
        assertThat(client.getStatus()).isEqualTo(200);
    }

    @Test
    void whatNobodyGetsIsNotMadeForLong() {
        canBeTold = false;
        byte[] some = new byte[1 << 19];
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 3; i++) {
                                answer.getOutputStream().write(some);
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the access to be logged");
    }
}
