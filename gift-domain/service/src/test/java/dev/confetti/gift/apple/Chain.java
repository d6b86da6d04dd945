package dev.confetti.gift.apple;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Certificates as Apple's are, from a root to the one that signs, with keys made here. */
public final class Chain {
    private static final ASN1ObjectIdentifier OF_INTERMEDIATE =
            new ASN1ObjectIdentifier("1.2.840.113635.100.6.2.1");
    private static final ASN1ObjectIdentifier OF_SIGNER =
            new ASN1ObjectIdentifier("1.2.840.113635.100.6.11.1");
    private static final AtomicLong SERIALS = new AtomicLong(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Authority authority;
    private final X509Certificate signer;
    private final PrivateKey signerKey;

    /**
     * Who makes certificates.
     *
     * @param ocspUrl where it is asked whether they are revoked; empty: it is not
     */
    record Authority(
            X509Certificate root,
            KeyPair rootKeys,
            X509Certificate intermediate,
            KeyPair intermediateKeys,
            String ocspUrl) {}

    private Chain(Authority authority, X509Certificate signer, PrivateKey signerKey) {
        this.authority = authority;
        this.signer = signer;
        this.signerKey = signerKey;
    }

    /** One that is valid now. */
    public static Chain made() {
        return made("");
    }

    /** One that is valid now, if who is asked there says so. */
    static Chain made(String ocspUrl) {
        KeyPair rootKeys = keys();
        KeyPair intermediateKeys = keys();
        X509Certificate root =
                certificate("root", rootKeys, "root", rootKeys, tomorrow(), true, null, "");
        X509Certificate intermediate =
                certificate(
                        "intermediate",
                        intermediateKeys,
                        "root",
                        rootKeys,
                        tomorrow(),
                        true,
                        OF_INTERMEDIATE,
                        ocspUrl);
        return signedBy(
                new Authority(root, rootKeys, intermediate, intermediateKeys, ocspUrl),
                tomorrow(),
                OF_SIGNER);
    }

    private static Chain signedBy(
            Authority authority, Instant until, @Nullable ASN1ObjectIdentifier mark) {
        KeyPair keys = keys();
        X509Certificate signer =
                certificate(
                        "signer",
                        keys,
                        "intermediate",
                        authority.intermediateKeys(),
                        until,
                        false,
                        mark,
                        authority.ocspUrl());
        return new Chain(authority, signer, keys.getPrivate());
    }

    /** The same certificates, but another key signs. */
    public Chain withOtherKey() {
        return new Chain(authority, signer, keys().getPrivate());
    }

    /** The last certificate ended an hour ago. */
    public Chain expired() {
        return signedBy(authority, Instant.now().minus(Duration.ofHours(1)), OF_SIGNER);
    }

    /** The last certificate is not for signing what the App Store says. */
    public Chain forOtherUse() {
        return signedBy(authority, tomorrow(), null);
    }

    Authority authority() {
        return authority;
    }

    X509Certificate signer() {
        return signer;
    }

    private static Instant tomorrow() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static X509Certificate certificate(
            String name,
            KeyPair keys,
            String issuer,
            KeyPair issuerKeys,
            Instant until,
            boolean isAuthority,
            @Nullable ASN1ObjectIdentifier mark,
            String ocspUrl) {
        try {
            JcaX509v3CertificateBuilder certificate =
                    new JcaX509v3CertificateBuilder(
                            new X500Name("CN=" + issuer),
                            BigInteger.valueOf(SERIALS.getAndIncrement()),
                            Date.from(Instant.now().minus(Duration.ofDays(1))),
                            Date.from(until),
                            new X500Name("CN=" + name),
                            keys.getPublic());
            certificate.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (mark != null) {
                certificate.addExtension(mark, false, DERNull.INSTANCE);
            }
            if (!ocspUrl.isEmpty()) {
                certificate.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, ocspUrl)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            certificate.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(issuerKeys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(name + " cannot be made", e);
        }
    }

    /** The root in DER. */
    public byte[] root() {
        return der(authority.root());
    }

    /** A JSON Web Signature of a payload, with its certificates. */
    public String signed(Map<String, Object> payload) {
        List<String> x5c =
                Stream.of(signer, authority.intermediate(), authority.root())
                        .map(each -> Base64.getEncoder().encodeToString(der(each)))
                        .toList();
        String text =
                base64(JSON.writeValueAsBytes(Map.of("alg", "ES256", "x5c", x5c)))
                        + "."
                        + base64(JSON.writeValueAsBytes(payload));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(signerKey);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA", e);
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it was encoded before", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
