package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what, path by path, also by methods that nobody thought of. */
class PathRulesTest {
    private static final Set<String> OPEN_TO_ALL =
            Set.of(
                    "GET /v1/gifts",
                    "GET /v1/gifts/{giftId}/prices",
                    "GET /v1/coin-packages",
                    "GET /v1/lives",
                    "GET /v1/lives/{liveId}",
                    "GET /v1/policies",
                    "POST /v1/dev/tokens",
                    "POST /v1/payments/webhooks/{provider}");

    private static RunningService service;
    private static Http http;

    @BeforeAll
    static void start() {
        service = RunningService.start(TestEngines.freshPostgres());
        http = service.http();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static RequestMappingHandlerMapping mapping() {
        return service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    private static Response call(String method, String path, String token) {
        return http.call(method, path, token.isEmpty() ? null : token, null, "", null);
    }

    @Test
    void eachCallHasItsRuleAndHeadIsAnsweredAsGet() {
        Set<String> open = new TreeSet<>();
        for (RequestMappingInfo mapped : mapping().getHandlerMethods().keySet()) {
            for (String pattern : mapped.getPatternValues()) {
                if (pattern.startsWith("/v1/")) {
                    for (RequestMethod method : mapped.getMethodsCondition().getMethods()) {
                        String path = pattern.replaceAll("\\{[^}]*}", "x");
                        int status = call(method.name(), path, "").status();
                        if (status != 401) {
                            open.add(method + " " + pattern);
                        }
                        if (method == RequestMethod.GET) {
                            assertThat(call("HEAD", path, "").status()).as(path).isEqualTo(status);
                        }
                    }
                }
            }
        }
        assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN_TO_ALL);
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsRefusedByWhoMayCallThePath() {
        String viewer = service.token("path-viewer", "viewer");
        for (String method : List.of("PATCH", "DELETE", "PUT")) {
            assertThat(call(method, "/v1/payouts", "").problem()).isEqualTo("unauthenticated");
            assertThat(call(method, "/v1/payouts", viewer).problem()).isEqualTo("forbidden");
            assertThat(call(method, "/v1/wallet", viewer).problem())
                    .isEqualTo("method-not-allowed");
            assertThat(call(method, "/v1/lives", "").problem()).isEqualTo("method-not-allowed");
        }
    }

    @Test
    void wherePathsEndThereIsNothingForAnybody() {
        String all = service.token("path-all", "viewer", "creator", "finance", "admin");
        for (String path : List.of("/v1/nothing", "/v1/payouts/x/y/z", "/v1/", "/v1")) {
            for (String token : List.of("", all)) {
                assertThat(call("GET", path, token).problem()).as(path).isEqualTo("not-found");
                assertThat(call("POST", path, token).problem()).as(path).isEqualTo("not-found");
                assertThat(call("HEAD", path, token).status()).as(path).isEqualTo(404);
            }
        }
        assertThat(call("GET", "/v1/nothing", "no token").status()).isEqualTo(401);
    }

    public static final class Forgotten {
        @ResponseBody
        public Map<String, String> answer() {
            return Map.of("secret", "told");
        }
    }

    @Test
    void aCallThatNoRuleNamesIsThereForNobody() throws NoSuchMethodException {
        RequestMappingHandlerMapping mapping = mapping();
        Method answer = Forgotten.class.getMethod("answer");
        RequestMappingInfo info =
                RequestMappingInfo.paths("/v1/forgotten-by-the-rules")
                        .options(mapping.getBuilderConfiguration())
                        .build();
        mapping.registerMapping(info, new Forgotten(), answer);
        try {
            String all = service.token("path-all", "viewer", "creator", "finance", "admin");
            for (String token : List.of("", all)) {
                for (String method : List.of("GET", "POST", "HEAD")) {
                    assertThat(call(method, "/v1/forgotten-by-the-rules", token).status())
                            .as(method)
                            .isEqualTo(404);
                }
            }
        } finally {
            mapping.unregisterMapping(info);
        }
    }
}
