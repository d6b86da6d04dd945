package dev.confetti.platform;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The pages that the web module brings as static files. */
@Configuration(proxyBeanMethods = false)
@Import(PagesController.class)
class PagesConfiguration {}
