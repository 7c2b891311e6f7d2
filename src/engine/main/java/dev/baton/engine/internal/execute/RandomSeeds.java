package dev.baton.engine.internal.execute;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Gives every execution a random source of its own, so that what one draws never depends on what others draw.
public final class RandomSeeds {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /// The beginning of every token, so that what is not a token is known as such.
    static final String TOKEN_PREFIX = "AQC8";

    private final RandomGenerator random;
    private final Supplier<String> tokens;

    public RandomSeeds(RandomGenerator random, Supplier<String> tokens) {
        this.random = random;
        this.tokens = tokens;
    }

    synchronized long next() {
        return random.nextLong();
    }

    static RandomGenerator generator(long seed) {
        return FACTORY.create(seed);
    }

    synchronized String token() {
        return TOKEN_PREFIX + tokens.get();
    }
}
