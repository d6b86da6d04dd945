package dev.confetti.gift.purchase;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The packages on sale; immutable. */
public final class CoinPackages {
    private static final String RESOURCE = "/catalogue/coin-packages.json";
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .build();

    private final List<CoinPackage> packages;

    public CoinPackages(List<CoinPackage> packages) {
        this.packages = List.copyOf(packages);
    }

    /** The packages that come with this build. */
    public static CoinPackages ofThisBuild() {
        try (InputStream json = CoinPackages.class.getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            return new CoinPackages(List.of(MAPPER.readValue(json, CoinPackage[].class)));
        } catch (IOException e) {
            throw new IllegalStateException("resource " + RESOURCE + " cannot be read", e);
        }
    }

    public List<CoinPackage> all() {
        return packages;
    }

    public Optional<CoinPackage> named(String packageId) {
        return packages.stream().filter(each -> each.packageId().equals(packageId)).findFirst();
    }
}
