package dev.confetti.gift.people;

import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.people.BoardVisibility.Choice;
import dev.confetti.gift.people.People.Forgotten;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Persons over HTTP. */
@RestController
public class PersonController {
    private final People people;
    private final BoardVisibility visibility;

    public PersonController(People people, BoardVisibility visibility) {
        this.people = people;
        this.visibility = visibility;
    }

    /** Forgets oneself, or as an admin anybody; again gives the same answer. */
    @DeleteMapping("/v1/people/{id}")
    @Refuses({
        ProblemType.FORBIDDEN,
        ProblemType.MALFORMED_REQUEST,
        ProblemType.PAYOUTS_OPEN,
        ProblemType.DISPUTES_OPEN
    })
    public Forgotten forget(Caller caller, @PathVariable String id) {
        if (!caller.id().equals(id) && !caller.isAdmin()) {
            throw new RefusedException(
                    ProblemType.FORBIDDEN,
                    "person \"" + id + "\": expected your own id, or the role admin");
        }
        return people.forget(PathIds.person("id", id), caller.id());
    }

    /** Whether boards show who one is. */
    @GetMapping("/v1/people/{id}/board-visibility")
    @Refuses({ProblemType.FORBIDDEN, ProblemType.MALFORMED_REQUEST})
    public Choice visibility(@PathVariable String id) {
        return visibility.of(PathIds.person("id", id));
    }

    /**
     * Hides oneself on boards, or as an admin anybody, or shows them again: rank and coins stay, id
     * and name do not appear. The same again has no effect.
     */
    @PutMapping("/v1/people/{id}/board-visibility")
    @Refuses({ProblemType.FORBIDDEN, ProblemType.MALFORMED_REQUEST})
    public Choice choose(
            Caller caller, @PathVariable String id, @RequestBody VisibilityRequest request) {
        return visibility.choose(PathIds.person("id", id), request.hidden(), caller.id());
    }
}
