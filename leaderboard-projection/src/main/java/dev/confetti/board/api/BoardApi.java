package dev.confetti.board.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The parts of the HTTP API. */
@Configuration(proxyBeanMethods = false)
@Import({BoardController.class, BoardProblemAdvice.class})
public class BoardApi {}
