package dev.confetti.gift.relay;

import dev.confetti.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the platform needs: created where missing, verified where they exist. */
final class RelayTopics {
    private RelayTopics() {}

    /**
     * Makes sure of all topics.
     *
     * @throws RelayRefusedException when one exists with another shape
     */
    static void ensure(Admin admin, RelayConfig config) throws InterruptedException {
        Set<String> existing = RelayClients.answer(admin.listTopics().names());
        List<NewTopic> missing = new ArrayList<>();
        for (NewTopic topic : wanted(config)) {
            if (!existing.contains(topic.name())) {
                missing.add(topic);
            }
        }
        for (NewTopic topic : missing) {
            try {
                admin.createTopics(List.of(topic)).all().get();
            } catch (ExecutionException e) {
                // Another instance was faster; the check below looks at what it made.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw RelayClients.failure(e);
                }
            }
        }
        verify(admin, wanted(config), config.brokerTimeout());
    }

    private static List<NewTopic> wanted(RelayConfig config) {
        Optional<Short> replication =
                config.replicationFactor() == -1
                        ? Optional.empty()
                        : Optional.of((short) config.replicationFactor());
        List<NewTopic> topics = new ArrayList<>();
        for (String name : Topic.names()) {
            topics.add(
                    new NewTopic(name, Optional.of(Topic.PARTITIONS), replication)
                            .configs(
                                    Map.of(
                                            TopicConfig.CLEANUP_POLICY_CONFIG,
                                            TopicConfig.CLEANUP_POLICY_DELETE,
                                            TopicConfig.RETENTION_MS_CONFIG,
                                            Long.toString(config.retention().toMillis()))));
        }
        topics.add(
                new NewTopic(Topic.RELAY_STATE, Optional.of(1), replication)
                        .configs(
                                Map.of(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        TopicConfig.CLEANUP_POLICY_COMPACT,
                                        // A record a transaction: without these it would grow to
                                        // gigabytes before the first compaction.
                                        TopicConfig.SEGMENT_BYTES_CONFIG,
                                        Integer.toString(16 << 20),
                                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                                        "0.1")));
        return topics;
    }

    private static void verify(Admin admin, List<NewTopic> topics, Duration timeout)
            throws InterruptedException {
        Map<String, TopicDescription> found =
                describe(admin, topics.stream().map(NewTopic::name).toList(), timeout);
        for (NewTopic topic : topics) {
            TopicDescription description =
                    Objects.requireNonNull(found.get(topic.name()), topic.name());
            int partitions = description.partitions().size();
            if (partitions != topic.numPartitions()) {
                throw new RelayRefusedException(
                        "topic "
                                + topic.name()
                                + " has "
                                + partitions
                                + " partitions: expected "
                                + topic.numPartitions()
                                + ", since an event's partition must never change");
            }
        }
        ConfigResource state = new ConfigResource(ConfigResource.Type.TOPIC, Topic.RELAY_STATE);
        Config config =
                Objects.requireNonNull(
                        RelayClients.answer(admin.describeConfigs(List.of(state)).all()).get(state),
                        Topic.RELAY_STATE);
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new RelayRefusedException(
                    "topic "
                            + Topic.RELAY_STATE
                            + " has cleanup.policy \""
                            + policy
                            + "\": expected compact, or the relay's state would be deleted");
        }
    }

    /** Descriptions; brokers may hear of a new topic a little after the controller made it. */
    private static Map<String, TopicDescription> describe(
            Admin admin, List<String> names, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                return RelayClients.answer(admin.describeTopics(names).allTopicNames());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }
}
