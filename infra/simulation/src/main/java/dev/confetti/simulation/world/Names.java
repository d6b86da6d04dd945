package dev.confetti.simulation.world;

import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Name;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which id of the service each of the model's names stands for: one for one. */
public final class Names {
    private final Map<Name, String> ids = new HashMap<>();
    private final Map<String, Name> names = new HashMap<>();

    /** The id of a name, once an answer has told it. */
    public Optional<String> id(Name name) {
        return Optional.ofNullable(ids.get(name));
    }

    /** The id of a name; that of a name which stands for nothing is its own text. */
    String idOrText(Name name) {
        return ids.getOrDefault(name, name.text());
    }

    /** Whether the service says what the model says; names learn their ids from it. */
    public boolean same(Facts model, Facts service) {
        if (!model.what().equals(service.what())
                || !model.values().keySet().equals(service.values().keySet())) {
            return false;
        }
        return model.values().entrySet().stream()
                .allMatch(
                        each -> {
                            Object said = service.values().get(each.getKey());
                            return each.getValue() instanceof Name name
                                    ? learn(name, String.valueOf(said))
                                    : each.getValue().equals(said);
                        });
    }

    private boolean learn(Name name, String id) {
        String known = ids.putIfAbsent(name, id);
        Name other = names.putIfAbsent(id, name);
        return (known == null || known.equals(id)) && (other == null || other.equals(name));
    }
}
