package dev.confetti.gift;

import dev.confetti.gift.command.Clerk;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.live.Lives;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.people.BoardVisibility;
import dev.confetti.gift.people.LockedRecords;
import dev.confetti.gift.people.People;
import dev.confetti.gift.people.SealingClerk;
import dev.confetti.gift.people.Shredder;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.signin.Persons;
import dev.confetti.gift.signin.Secrets;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.MasterKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Persons, and what is sealed for them. */
@Configuration(proxyBeanMethods = false)
class PeopleBeans {
    /** The name of the secret that wraps persons' keys where the operator set none. */
    private static final String MASTER_KEY = "people";

    /** What was made in the database before a master key was set opens what it sealed. */
    @Bean
    KeyTable giftKeyTable(GiftSettings settings, GiftDatabase database) {
        Secrets secrets = new Secrets(database, new SecureRandom());
        List<byte[]> masters = new ArrayList<>(settings.people().masterKeys());
        if (masters.isEmpty()) {
            masters.add(secrets.named(MASTER_KEY));
        } else {
            secrets.find(MASTER_KEY).ifPresent(masters::add);
        }
        return new KeyTable(MasterKeys.of(masters), new SecureRandom());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SealingClerk giftSealingClerk(GiftDatabase database, KeyTable keys) {
        return new SealingClerk(database, keys);
    }

    @Bean
    @Order(2)
    EventTexts giftEventTexts(GiftDatabase database, KeyTable keys) {
        return new EventTexts(database, keys);
    }

    /** Among the inline projections it comes after those whose tables it looks at. */
    @Bean
    @Order(10)
    Shredder giftShredder(Policies policies) {
        return new Shredder(policies.payoutRecordsKept());
    }

    @Bean
    People giftPeople(
            GiftDatabase database,
            EventLog log,
            Lives lives,
            Persons persons,
            InstantSource clock) {
        return new People(database, log, lives, persons, clock);
    }

    @Bean
    BoardVisibility giftBoardVisibility(EventLog log, InstantSource clock) {
        return new BoardVisibility(log, clock);
    }

    @Bean
    LockedRecords giftLockedRecords(GiftDatabase database, InstantSource clock) {
        return new LockedRecords(database, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Clerk giftRecordsClerk(LockedRecords records) {
        return new Clerk("payout-records", Duration.ofMinutes(1), records::shredDue);
    }

    @Bean
    Persons giftPersons(GiftDatabase database, KeyTable keys) {
        return new Persons(database, keys);
    }
}
