package dev.confetti.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.JournalWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database refuses changes; where somebody forces one, verify names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingTest {
    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();

    @BeforeAll
    void fill() throws SQLException {
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.addAll(new RandomEvents(7, 10, 1_000).next(8_400));
        events.addAll(Samples.restOfTheExample());
        writer.book(LedgerDatabaseFixture.deliveries(Samples.numbered(events)));
        assertThat(verify(ledger).holds()).as("%s", verify(ledger)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal_entry set a1 = a1 + 1 where entry_id = 4",
                "delete from journal_entry where entry_id = 4",
                "update journal_entry_2026_01 set a1 = a1 + 1 where entry_id = 4",
                "delete from journal_entry_2026_01 where entry_id = 4",
                "truncate journal_entry_2026_01 cascade",
                "update journal_month set first_entry = 2",
                "truncate journal_month",
                "truncate journal_entry cascade",
                "update journal_leg_more set a = a + 1",
                "delete from journal_leg_more",
                "update balance_history set debit = debit + 1",
                "update account set code = 'viewer:43:coin:paid' where code = 'viewer:42:coin:paid'",
                "delete from asset"
            })
    void theDatabaseRefusesChanges(String sql) {
        assertThatThrownBy(() -> ledger.execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("expected inserts only, a correction is a reversing entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(9000, timestamptz '2026-01-01T00:00:04Z', 1, 1, 5)",
                "(9000, timestamptz '2026-01-01T00:00:04Z', 257, 514, 5)",
                "(9000, timestamptz '2026-01-01T00:00:04Z', 257, 513, 0)",
                "(9000, timestamptz '2026-01-01T00:00:04Z', 257, 513, -5)",
                "(4, timestamptz '2026-01-01T00:00:04Z', 257, 513, 5)"
            })
    void theDatabaseRefusesEntriesThatCannotBe(String values) {
        assertThatThrownBy(
                        () ->
                                ledger.execute(
                                        "insert into journal_entry (entry_id, recorded_at, d1, c1, a1,"
                                                + " event_id, reference, type, hash) select v.*,"
                                                + " gen_random_uuid(), gen_random_uuid(), 'x',"
                                                + " decode(repeat('00', 32), 'hex') from (values "
                                                + values
                                                + ") v"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("violates");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update journal_entry set a1 = a1 # 1 where entry_id = 4 | chain | entry 4",
                "update journal_entry set d1 = d1 # 256 where entry_id = 5 | chain | entry 5",
                "update journal_entry set hash = set_byte(hash, 31, get_byte(hash, 31) # 1) where entry_id = 6 | chain | entry 6",
                "update journal_entry set recorded_at = recorded_at + interval '1 microsecond' where entry_id = 7 | chain | entry 7",
                "update journal_entry set event_id = gen_random_uuid() where entry_id = 3 | chain | entry 3",
                "update journal_entry set reference = gen_random_uuid() where entry_id = 3 | chain | entry 3",
                "update journal_entry set type = 'confetti.gift-sens.v1' where entry_id = 4 | chain | entry 4",
                "update journal_entry set lot_uses[3] = lot_uses[3] # 1 where entry_id = 5 | chain | entry 5",
                "update account set code = 'viewer:43:coin:paid' where code = 'viewer:42:coin:paid' | chain | entry 1",
                "update account set code = 'diamond:issuee' where code = 'diamond:issued' | chain | entry 4",
                "delete from journal_entry where entry_id = 8400 | chain | entry 8401",
                "update journal_month set first_entry = 2 | months | month 2026-01",
                "delete from journal_month | months | month 2026-01",
                "insert into journal_month values ('2026-02-01T00:00:00Z', 8000) | months | month 2026-02",
                "update lot set recorded_at = recorded_at + interval '1 microsecond' where position = 2 | months | lot of position 2",
                "update balance set debit = debit + 1 where account_id = (select id from account where code = '2010:contract-liability') | balances | balance of 2010:contract-liability USD",
                "delete from balance where account_id = (select id from account where code = 'coin:issued:promo') | balances | balance of coin:issued:promo COIN",
                "update balance_history set credit = credit # 1 where account_id = (select id from account where code = 'coin:consumed:paid') | history | history of coin:consumed:paid COIN at 8192",
                "update balance_history set entries[1] = entries[1] # 1 where account_id = (select id from account where code = 'viewer:42:coin:promo') | history | history of viewer:42:coin:promo COIN at 8192",
                "update lot set used = used # 1 where position = 2 | lots | of position 2",
                "update lot set recognised = recognised # 1 where position = 2 | lots | of position 2",
                "update lot set price = price # 1 where position = 2 | lots | of position 2",
                "update lot set viewer_id = '43' where position = 1 | lots | of position 1",
                "update lot set lot_id = gen_random_uuid() where position = 1 | chain | entry 1",
                "update creator_payable set amount = amount + 1 where creator_id = '7' | payables | creator 7",
                "delete from creator_payable where creator_id = '7' | payables | creator 7",
                "insert into creator_payable values ('8', 1, 5) | payables | creator 8",
                "update daily_movement set amount = amount + 1 where type = 'confetti.coins-granted.v1' | reports | daily_movement of 2026-01-01 confetti.coins-granted.v1 coin:issued:promo from viewer:*:coin:promo COIN",
                "delete from daily_movement where type = 'confetti.payout-sent.v1' and credit like '1030%' | reports | daily_movement of 2026-01-01 confetti.payout-sent.v1 2131:payout:approved from 1030:payouts-in-transit USD",
                "update clearing_item set open = open + 1 where until is null and reference = '00000000-0000-5000-8000-000000000066' | reports | clearing_item of 1030:payouts-in-transit USD, reference 00000000-0000-5000-8000-000000000066, entry 8417",
                "update vat_month set returned = returned + 1 | reports | vat_month of 2026-01-01, no country, in USD",
                "update creator_day set pending = pending + 1 where creator_id = '7' and asset_id > 2 | reports | creator_day of 7 on 2026-01-01 in USD",
                "update live_history set offsets[1] = 1 where live_id = 'live-7' | reports | live live-7 in block 8192",
                "delete from live_history where live_id = 'live-7' | reports | entry 4",
                "update source_position set chain = set_byte(chain, 0, get_byte(chain, 0) # 1) | chain | source_position",
                "update source_position set position = position # 1 | positions | source_position",
                "update source_position set entries = entries + 1 | positions | source_position",
                "update asset set scale = 5 where code = 'USD' | accounts | asset USD"
            })
    void oneForcedChangeIsNamed(String sql, String check, String where) throws SQLException {
        LedgerDatabaseFixture copy = ledger.copy();
        copy.execute("set session_replication_role = replica; " + sql);
        Verification verification = verify(copy);
        assertThat(verification.holds()).isFalse();
        Verification.Fault fault = Objects.requireNonNull(verification.firstFault());
        assertThat(fault.check()).as("%s", fault).isEqualTo(check);
        assertThat(fault.where()).as("%s", fault).endsWith(where);
    }

    @Test
    void faultsAfterTheFirstAreCounted() throws SQLException {
        LedgerDatabaseFixture copy = ledger.copy();
        copy.execute(
                "set session_replication_role = replica;"
                        + " update journal_entry set a1 = a1 + 1 where entry_id in (4, 5)");
        Verification.Check chain =
                verify(copy).checks().stream()
                        .filter(c -> c.name().equals("chain"))
                        .findFirst()
                        .orElseThrow();
        assertThat(chain.faults()).isEqualTo(2);
    }

    private static Verification verify(LedgerDatabaseFixture ledger) throws SQLException {
        return new LedgerVerifier(ledger.transactions).verify();
    }
}
