package dev.confetti.gift;

import dev.confetti.gift.http.CreatedAnswers;
import dev.confetti.gift.http.IdempotencyKey;
import dev.confetti.gift.http.IdempotencyKeyResolver;
import dev.confetti.gift.http.JsonRequest;
import dev.confetti.gift.http.JsonRequestResolver;
import dev.confetti.gift.problem.ApiRefusals;
import dev.confetti.gift.signin.Caller;
import dev.confetti.gift.signin.CallerResolver;
import dev.confetti.gift.signin.Persons;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.apache.coyote.AbstractProtocol;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How requests are read and described. */
@Configuration(proxyBeanMethods = false)
class WebBeans {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, IdempotencyKey.class);
    }

    @Bean
    WebMvcConfigurer giftWebMvc(Persons persons) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver(persons));
                resolvers.add(new JsonRequestResolver());
                resolvers.add(new IdempotencyKeyResolver());
            }
        };
    }

    /**
     * A request in flight has a processor with some 30 KB of buffers. Tomcat keeps 200 of them:
     * with more requests than that each makes garbage that survives until it is old.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> giftRequestBuffers() {
        return server ->
                server.addConnectorCustomizers(
                        connector -> {
                            if (connector.getProtocolHandler()
                                    instanceof AbstractProtocol<?> protocol) {
                                // As many as connections, which are bounded.
                                protocol.setProcessorCache(protocol.getMaxConnections());
                            }
                        });
    }

    @Bean
    OpenAPI giftOpenApi() {
        OpenAPI api = new OpenAPI();
        api.info(
                new Info()
                        .title("Confetti")
                        .version("v1")
                        .description("The gift economy for live streaming"));
        api.schemaRequirement(
                ApiRefusals.BEARER,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"));
        return api;
    }

    @Bean
    GlobalOperationCustomizer giftApiRefusals() {
        return new ApiRefusals(Caller.class, JsonRequest.class);
    }

    @Bean
    GlobalOperationCustomizer giftCreatedAnswers() {
        return new CreatedAnswers();
    }

    @Bean
    GlobalOperationCustomizer giftIdempotencyKeys() {
        return new IdempotencyKeyResolver();
    }
}
