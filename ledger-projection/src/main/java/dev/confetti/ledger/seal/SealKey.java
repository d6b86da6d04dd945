package dev.confetti.ledger.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key that seals are signed with: Ed25519, so the same text has one signature. Thread-safe. */
public final class SealKey {
    private static final String ED25519 = "Ed25519";
    private static final String EXPECTED =
            "expected an Ed25519 private key, PKCS#8 in base64, as of"
                    + " \"openssl genpkey -algorithm ed25519 -outform DER | base64\"";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SealKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new one. */
    public static SealKey fresh() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
            return new SealKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /**
     * A key from text.
     *
     * @param name what the text is, for the message; the text itself is never in it
     * @throws IllegalArgumentException when it is no such key
     */
    public static SealKey parse(String name, String base64) {
        try {
            return of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + EXPECTED, e);
        }
    }

    /**
     * A key from its PKCS#8 bytes.
     *
     * @throws IllegalArgumentException when they are none of an Ed25519 key
     */
    public static SealKey of(byte[] pkcs8) {
        try {
            PrivateKey key =
                    KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!(key instanceof EdECPrivateKey ed25519)) {
                throw new IllegalArgumentException(EXPECTED);
            }
            SealKey whole = new SealKey(key, publicKeyOf(ed25519.getBytes().orElseThrow()));
            String probe = "confetti";
            if (!verifies(whole.publicKey(), probe, whole.sign(probe))) {
                throw new IllegalStateException(
                        "this Java platform does not derive an Ed25519 public key from its seed");
            }
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    /** A private key does not hold its public one; the generator makes it from the seed. */
    private static PublicKey publicKeyOf(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
        generator.initialize(
                NamedParameterSpec.ED25519,
                new SecureRandom() {
                    @Override
                    public void nextBytes(byte[] bytes) {
                        System.arraycopy(seed, 0, bytes, 0, bytes.length);
                    }
                });
        return generator.generateKeyPair().getPublic();
    }

    public byte[] pkcs8() {
        return privateKey.getEncoded();
    }

    /** X.509 in base64. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /** The signature over a text in UTF-8, in base64. */
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(privateKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs", e);
        }
    }

    /** Whether a signature is that of a text by a key; false also for what is no key. */
    public static boolean verifies(String publicKey, String text, String signature) {
        try {
            Signature check = Signature.getInstance(ED25519);
            check.initVerify(
                    KeyFactory.getInstance(ED25519)
                            .generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))));
            check.update(text.getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
