package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.RunningLedger;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions that have no answer, and what is said of each. */
@ExtendWith(OneFinanceService.class)
class RefusalsTest {
    private final FinanceService service;

    RefusalsTest(FinanceService service) {
        this.service = service;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/accounts?limit=0 | 400 | limit \"0\": expected a number from 1 to 1000",
                "/accounts?limit=ten | 400 | limit \"ten\"",
                "/accounts?type=equity | 400 | type \"equity\": expected one of coin, viewer",
                "/accounts?asOf=yesterday | 400 | asOf \"yesterday\": expected position:N",
                "/accounts?asOf=position:-1 | 400 | asOf \"position:-1\"",
                "/accounts?asof=position:1 | 400 | parameter \"asof\": expected one of",
                "/accounts?limit=1&limit=2 | 400 | parameter limit: expected it once",
                "/accounts?cursor=zzz | 400 | cursor",
                "/accounts/9999:nothing | 404 | account \"9999:nothing\"",
                "/accounts/viewer:nobody:coin:paid/postings | 404 | viewer:nobody:coin:paid",
                "/entries?type=moon-landed | 400 | type \"moon-landed\": expected one of",
                "/entries?reference=7 | 400 | reference \"7\": expected a UUID",
                "/entries?account=nobody | 404 | account \"nobody\"",
                "/entries?viewer=nobody | 404 | viewer \"nobody\": expected a person with an account",
                "/entries?creator=42 | 404 | creator \"42\"",
                "/entries?live=nowhere | 404 | live \"nowhere\": expected one with a gift",
                "/entries?viewer=a:b | 400 | viewer \"a:b\": expected an id of 1 to 64",
                "/entries?amount=-1 | 400 | amount \"-1\": expected a decimal above 0 with up to 6",
                "/entries?amount=0.00 | 400 | amount \"0.00\"",
                "/entries?amount=1e3 | 400 | amount \"1e3\"",
                "/entries?amount=1.5&asset=COIN | 400 | amount \"1.5\": expected a decimal above 0 with up to 0 places, as COIN has",
                "/entries?asset=XX | 400 | asset \"XX\": expected COIN, DIAMOND or a currency",
                "/lots?viewer=nobody | 404 | viewer \"nobody\"",
                "/lots?state=half | 400 | state \"half\": expected one of open, spent",
                "/lots?currency=COINS | 400 | currency \"COINS\"",
                "/lots/7 | 400 | lot \"7\": expected a UUID",
                "/lots/00000000-0000-0000-0000-000000000001 | 404 | lot 00000000",
                "/movements?from=2026-13-01 | 400 | from \"2026-13-01\": expected a day",
                "/movements?from=2026-02-01&to=2026-01-01 | 400 | expected from not after to",
                "/deferred-revenue?from=2026 | 400 | from \"2026\": expected a month such as",
                "/deferred-revenue?from=%2B12026-01 | 400 | from \"+12026-01\": expected a month",
                "/deferred-revenue?from=2026-13 | 400 | from \"2026-13\"",
                "/deferred-revenue?from=2026-02&to=2026-01 | 400 | expected from not after to",
                "/statements/creators/7 | 400 | month: expected one such as 2026-01, found none",
                "/statements/creators/7?month=2026-1 | 400 | month \"2026-1\"",
                "/statements/creators/7?month=2999-01 | 409 | month 2999-01: expected one that has begun",
                "/statements/creators/nobody?month=2026-01 | 404 | creator \"nobody\"",
                "/statements/creators/7?month=2026-01&format=html | 400 | format \"html\"",
                "/statements/creators/7?month=2026-01&format=pdf&limit=5 | 400 | expected neither with format pdf",
                "/accesses?from=position:3 | 400 | from \"position:3\": expected an instant",
                "/accesses?cursor=zzz | 400 | cursor",
                "/accesses?people=fin | 400 | parameter \"people\": expected one of [cursor, from, limit, order, person, to]",
                "/accesses?person=a%20b | 400 | person \"a b\": expected an id",
                "/accesses?from=2026-01-02&to=2026-01-01 | 400 | expected from before to",
                "/clearing/1010:bank | 404 | account \"1010:bank\": expected one of [1020:receivable:psp",
                "/clearing/1040:disputes-receivable?cursor=zzz | 400 | cursor",
                "/clearing?asOf=noon | 400 | asOf \"noon\"",
                "/vat?from=2026-02&to=2026-01 | 400 | expected from not after to",
                "/entries?order=up | 400 | order \"up\": expected one of asc, desc",
                "/lots?currency=COIN | 400 | currency \"COIN\": expected a currency's ISO 4217 code",
                "/entries?creator= | 400 | creator \"\": expected a value, or leave it out",
                "/entries?from=2026-02-01&to=2026-01-01 | 400 | from 2026-02-01T00:00:00Z, to 2026-01-01T00:00:00Z: expected from before to",
                "/entries?from=position:9&to=position:3 | 400 | from position:9, to position:3: expected from before to",
                "/entries?reference=1-1-1-1-1 | 400 | reference \"1-1-1-1-1\": expected a UUID",
                "/entries?viewer=a1234567890123456789012345678901234567890123456789012345678901234 | 400 | expected an id of 1 to 64",
                "/entries?amount=9223372036854.775808 | 400 | amount \"9223372036854.775808\"",
                "/accounts?limit=1001 | 400 | limit \"1001\"",
                "/movements?cursor=MQ | 400 | cursor \"MQ\": expected one that a list gave",
                "/movements?cursor=eCBhIGIgYyBk | 400 | cursor: expected one that a list gave",
                "/lots?cursor=eA | 400 | cursor \"eA\": expected one that a list gave",
                "/entries/zero | 400 | entry id \"zero\": expected a number from 1",
                "/entries/999999 | 409 | position 999999: expected one that the ledger has applied",
                "/trial-balance?asOf=position:999999 | 409 | up to 1500",
                "/trial-balance?expand=some | 400 | expand \"some\": expected one of none, viewers",
                "/export?format=pdf | 400 | format \"pdf\": expected one of csv, hledger",
                "/verify?deep=true | 400 | parameter \"deep\""
            })
    void whatIsWrongIsSaid(String path, int status, String detail) throws Exception {
        HttpResponse<String> answer =
                service.get("/v1/ledger" + path, RunningLedger.token("finance"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(FinanceService.tree(answer.body()).path("detail").asString()).contains(detail);
        FinanceService.assertProblem(
                answer,
                status == 400
                        ? "malformed-request"
                        : status == 404
                                ? "not-found"
                                : path.contains("month=2999")
                                        ? "month-not-begun"
                                        : "position-not-applied");
    }
}
