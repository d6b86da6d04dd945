package dev.confetti.gift.people;

import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.people.People.Forgotten;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Persons over HTTP. */
@RestController
public class PersonController {
    private final People people;

    public PersonController(People people) {
        this.people = people;
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
}
