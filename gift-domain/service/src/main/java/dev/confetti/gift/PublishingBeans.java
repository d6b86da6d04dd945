package dev.confetti.gift;

import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.publishing.NamesAndTexts;
import dev.confetti.gift.relay.RelayConfig;
import dev.confetti.gift.relay.RelayConfiguration;
import dev.confetti.gift.signin.Persons;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The relay to Kafka; {@code confetti.relay.enabled=false} leaves publishing to other instances.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "confetti.relay.enabled", matchIfMissing = true)
@Import(RelayConfiguration.class)
class PublishingBeans {

    @Bean
    RelayConfig giftRelayConfig(GiftSettings settings) {
        return RelayConfig.of(settings.kafka().bootstrap());
    }

    @Bean
    NamesAndTexts giftNamesAndTexts(Persons persons, EventTexts texts) {
        return new NamesAndTexts(persons, texts);
    }
}
