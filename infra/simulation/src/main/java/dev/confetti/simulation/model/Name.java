package dev.confetti.simulation.model;

/** The model's own name for something whose id only the service knows, such as {@code gift 7}. */
public record Name(String text) {
    @Override
    public String toString() {
        return "‹" + text + "›";
    }
}
