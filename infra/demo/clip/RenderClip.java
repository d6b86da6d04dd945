import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * The demo clip's pictures and music, drawn from formulas: a small club stage under falling confetti.
 *
 * <p>{@code java RenderClip.java video} writes raw BGR frames, {@code java RenderClip.java audio} writes 16-bit stereo
 * PCM. Everything that moves has a period that divides the clip's 24 seconds, so the last frame leads into the first.
 * No fonts are used: letters and digits are strokes.
 */
final class RenderClip {
    static final int WIDTH = 854;
    static final int HEIGHT = 480;
    static final int FRAMES_PER_SECOND = 25;
    static final int SECONDS = 24;
    static final int SAMPLES_PER_SECOND = 48_000;
    /** 120 beats a minute: 48 beats, twelve bars. */
    static final double BEATS_PER_SECOND = 2;

    static final Color[] PALETTE = {
        new Color(0xff4f9a), new Color(0xffc83d), new Color(0x3ddcff), new Color(0x9b6bff), new Color(0x5df2a1), new Color(0xff7a45)
    };

    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = new BufferedOutputStream(System.out, 1 << 20)) {
            switch (arguments.length == 1 ? arguments[0] : "") {
                case "video" -> video(out);
                case "audio" -> audio(out);
                default -> throw new IllegalArgumentException("expected one argument, 'video' or 'audio'");
            }
        }
    }

    // ---- pictures

    static void video(OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int frame = 0; frame < SECONDS * FRAMES_PER_SECOND; frame++) {
            Graphics2D g = image.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            paint(g, frame / (double) FRAMES_PER_SECOND, frame);
            g.dispose();
            out.write(pixels);
        }
    }

    static void paint(Graphics2D g, double t, int frame) {
        backdrop(g, t);
        beams(g, t);
        mirrorBall(g, t);
        equalizer(g, t);
        performer(g, t);
        word(g, t);
        fallingConfetti(g, t);
        cannons(g, t);
        crowd(g, t);
        clock(g, frame);
    }

    /** A sine that repeats {@code cycles} times in the clip. */
    static double wave(double t, int cycles, double phase) {
        return Math.sin(2 * Math.PI * (cycles * t / SECONDS + phase));
    }

    /** 1 on each beat, falling to 0 before the next. */
    static double pulse(double t) {
        double sinceBeat = t * BEATS_PER_SECOND % 1;
        return Math.exp(-4 * sinceBeat);
    }

    static Color alpha(Color c, double alpha) {
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * Math.clamp(alpha, 0, 1)));
    }

    static Color blend(Color a, Color b, double share) {
        double s = Math.clamp(share, 0, 1);
        return new Color(
                (int) Math.round(a.getRed() + s * (b.getRed() - a.getRed())),
                (int) Math.round(a.getGreen() + s * (b.getGreen() - a.getGreen())),
                (int) Math.round(a.getBlue() + s * (b.getBlue() - a.getBlue())));
    }

    static void backdrop(Graphics2D g, double t) {
        Color top = blend(new Color(0x12062e), new Color(0x07163a), 0.5 + 0.5 * wave(t, 1, 0));
        Color middle = blend(new Color(0x5a1a78), new Color(0x2a2a8c), 0.5 + 0.5 * wave(t, 1, 0.1));
        Color low = blend(new Color(0xe0457b), new Color(0xd9682f), 0.5 + 0.5 * wave(t, 2, 0.3));
        g.setPaint(new LinearGradientPaint(0, 0, 0, HEIGHT, new float[] {0, 0.55f, 1}, new Color[] {top, middle, low}));
        g.fillRect(0, 0, WIDTH, HEIGHT);

        double cx = WIDTH / 2.0;
        double cy = 268;
        double radius = 205 + 8 * pulse(t);
        g.setPaint(new RadialGradientPaint((float) cx, (float) cy, (float) radius, new float[] {0, 0.7f, 1},
                new Color[] {alpha(new Color(0xffd27a), 0.85), alpha(new Color(0xff5f8f), 0.45), alpha(new Color(0xff5f8f), 0)}));
        g.fill(new Ellipse2D.Double(cx - radius, cy - radius, 2 * radius, 2 * radius));
        for (int ring = 0; ring < 4; ring++) {
            double age = (t * 0.5 + ring / 4.0) % 1;
            double r = 90 + 330 * age;
            g.setStroke(new BasicStroke(2.5f));
            g.setColor(alpha(new Color(0xffe3f1), 0.22 * (1 - age)));
            g.draw(new Ellipse2D.Double(cx - r, cy - r, 2 * r, 2 * r));
        }
        g.setColor(new Color(0x160a30));
        g.fillRect(0, 396, WIDTH, HEIGHT - 396);
        g.setPaint(new LinearGradientPaint(0, 392, 0, 440, new float[] {0, 1},
                new Color[] {alpha(new Color(0xff8fc4), 0.55), alpha(new Color(0xff8fc4), 0)}));
        g.fillRect(0, 396, WIDTH, 44);
    }

    static void beams(Graphics2D g, double t) {
        for (int i = 0; i < 6; i++) {
            double x = 70 + i * (WIDTH - 140) / 5.0;
            double angle = 0.5 * wave(t, 3 + i % 3, i / 6.0) + (WIDTH / 2.0 - x) / 1500;
            AffineTransform before = g.getTransform();
            g.translate(x, -6);
            g.rotate(angle);
            Color c = PALETTE[(i + 2) % PALETTE.length];
            Path2D beam = new Path2D.Double();
            beam.moveTo(-7, 0);
            beam.lineTo(7, 0);
            beam.lineTo(72, 470);
            beam.lineTo(-72, 470);
            beam.closePath();
            double strength = 0.30 + 0.16 * wave(t, 6, i / 3.0);
            g.setPaint(new LinearGradientPaint(0, 0, 0, 470, new float[] {0, 1}, new Color[] {alpha(c, strength), alpha(c, 0)}));
            g.fill(beam);
            g.setTransform(before);
            g.setColor(new Color(0x0b0520));
            g.fill(new RoundRectangle2D.Double(x - 15, -10, 30, 22, 10, 10));
            g.setColor(blend(c, Color.WHITE, 0.5));
            g.fill(new Ellipse2D.Double(x - 7, 5, 14, 9));
        }
    }

    static void mirrorBall(Graphics2D g, double t) {
        double cx = WIDTH / 2.0;
        double cy = 54;
        double r = 32;
        g.setColor(new Color(0xc9c4e8));
        g.setStroke(new BasicStroke(2));
        g.draw(new Line2D.Double(cx, 0, cx, cy - r));
        g.setPaint(new RadialGradientPaint((float) (cx - 10), (float) (cy - 12), (float) (r * 1.6), new float[] {0, 1},
                new Color[] {new Color(0xf4f0ff), new Color(0x4a3b86)}));
        Ellipse2D ball = new Ellipse2D.Double(cx - r, cy - r, 2 * r, 2 * r);
        g.fill(ball);
        for (int row = -3; row <= 3; row++) {
            double latitude = row * Math.PI / 8;
            for (int column = 0; column < 14; column++) {
                double longitude = 2 * Math.PI * (column / 14.0 + t * 6 / SECONDS / 2);
                if (Math.cos(longitude) < 0.1) {
                    continue;
                }
                double x = cx + r * Math.cos(latitude) * Math.sin(longitude);
                double y = cy + r * Math.sin(latitude);
                double size = 5.5 * Math.cos(latitude) * Math.cos(longitude) + 1.2;
                int tint = Math.floorMod(row * 5 + column * 3, PALETTE.length);
                double shine = 0.5 + 0.5 * Math.sin(longitude * 3 + row);
                g.setColor(alpha(blend(PALETTE[tint], Color.WHITE, 0.35 + 0.5 * shine), 0.85));
                g.fill(new RoundRectangle2D.Double(x - size / 2, y - 2.6, size, 5.4, 2, 2));
            }
        }
        for (int i = 0; i < 4; i++) {
            double glint = Math.max(0, wave(t, 8 + 2 * i, i / 4.0));
            sparkle(g, cx + 24 * Math.cos(i * 1.7 + 0.4), cy + 22 * Math.sin(i * 1.7 + 0.4), 4 + 14 * glint, glint);
        }
    }

    static void sparkle(Graphics2D g, double x, double y, double size, double strength) {
        Path2D star = new Path2D.Double();
        for (int i = 0; i < 8; i++) {
            double r = i % 2 == 0 ? size : size * 0.16;
            double a = i * Math.PI / 4;
            if (i == 0) {
                star.moveTo(x + r * Math.cos(a), y + r * Math.sin(a));
            } else {
                star.lineTo(x + r * Math.cos(a), y + r * Math.sin(a));
            }
        }
        star.closePath();
        g.setColor(alpha(Color.WHITE, strength));
        g.fill(star);
    }

    static void equalizer(Graphics2D g, double t) {
        int bars = 38;
        double step = (WIDTH - 40) / (double) bars;
        for (int i = 0; i < bars; i++) {
            double fromCentre = Math.abs(i - (bars - 1) / 2.0) / (bars / 2.0);
            double level = 0.42 + 0.22 * wave(t, 12 + i % 7, i * 0.137) + 0.18 * wave(t, 30 + i % 11, i * 0.31) + 0.3 * pulse(t);
            double h = 14 + 66 * Math.max(0, level) * (0.35 + 0.65 * fromCentre);
            Color c = blend(PALETTE[3], PALETTE[2], fromCentre);
            double x = 20 + i * step;
            g.setPaint(new LinearGradientPaint(0, (float) (396 - h), 0, 397, new float[] {0, 1}, new Color[] {alpha(c, 0.95), alpha(PALETTE[0], 0.35)}));
            g.fill(new RoundRectangle2D.Double(x + 2, 396 - h, step - 5, h, 7, 7));
        }
    }

    static void performer(Graphics2D g, double t) {
        double bob = 5 * pulse(t);
        double sway = 5 * wave(t, 12, 0);
        double cx = WIDTH / 2.0 + sway;
        double headY = 262 + bob;
        Color dark = new Color(0x1c0d3d);
        g.setColor(dark);
        Path2D body = new Path2D.Double();
        body.moveTo(cx - 50, 400);
        body.curveTo(cx - 56, 320, cx - 40, 305 + bob, cx - 14, 300 + bob);
        body.lineTo(cx + 14, 300 + bob);
        body.curveTo(cx + 40, 305 + bob, cx + 56, 320, cx + 50, 400);
        body.closePath();
        g.fill(body);
        g.fill(new RoundRectangle2D.Double(cx - 9, 280 + bob, 18, 28, 10, 10));
        g.fill(new Ellipse2D.Double(cx - 24, headY - 27, 48, 56));
        g.setStroke(new BasicStroke(17, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double hand = 14 * wave(t, 24, 0.2);
        double raised = 0.5 + 0.5 * wave(t, 3, 0.75);
        Path2D left = new Path2D.Double();
        left.moveTo(cx - 38, 322 + bob);
        left.lineTo(cx - 66, 350 + bob);
        left.lineTo(WIDTH / 2.0 - 44 + hand, 372);
        g.draw(left);
        Path2D right = new Path2D.Double();
        right.moveTo(cx + 38, 322 + bob);
        right.lineTo(cx + 72, 346 + bob - 34 * raised);
        right.lineTo(cx + 56 + 22 * raised + 4 * wave(t, 48, 0), 372 - 128 * raised);
        g.draw(right);
        // Headphones and a neon rim make the silhouette a person.
        g.setStroke(new BasicStroke(6, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(PALETTE[2]);
        g.draw(new Arc2D.Double(cx - 27, headY - 33, 54, 56, 15, 150, Arc2D.OPEN));
        g.fill(new RoundRectangle2D.Double(cx - 33, headY - 12, 13, 25, 9, 9));
        g.fill(new RoundRectangle2D.Double(cx + 20, headY - 12, 13, 25, 9, 9));
        g.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(alpha(PALETTE[0], 0.9));
        g.draw(new Line2D.Double(cx - 18, headY - 3, cx + 18, headY - 3));
        g.setStroke(new BasicStroke(9, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(cx - 13, headY - 3, cx - 7, headY - 3));
        g.draw(new Line2D.Double(cx + 7, headY - 3, cx + 13, headY - 3));

        double dx = WIDTH / 2.0;
        g.setColor(new Color(0x24124d));
        g.fill(new RoundRectangle2D.Double(dx - 130, 372, 260, 60, 14, 14));
        g.setPaint(new LinearGradientPaint((float) (dx - 130), 0, (float) (dx + 130), 0, new float[] {0, 0.5f, 1},
                new Color[] {PALETTE[0], PALETTE[1], PALETTE[2]}));
        g.fill(new RoundRectangle2D.Double(dx - 130, 372, 260, 5, 5, 5));
        for (int side = -1; side <= 1; side += 2) {
            double px = dx + side * 74;
            g.setColor(new Color(0x0d0624));
            g.fill(new Ellipse2D.Double(px - 25, 384, 50, 40));
            g.setStroke(new BasicStroke(3));
            g.setColor(alpha(PALETTE[2], 0.85));
            g.draw(new Arc2D.Double(px - 20, 388, 40, 32, (side * t * 90) % 360, 110, Arc2D.OPEN));
            g.setColor(alpha(PALETTE[0], 0.85));
            g.draw(new Arc2D.Double(px - 14, 393, 28, 22, (side * t * 90 + 170) % 360, 110, Arc2D.OPEN));
        }
        for (int i = 0; i < 7; i++) {
            double on = 0.35 + 0.65 * Math.max(0, wave(t, 24 + 6 * (i % 3), i * 0.21));
            g.setColor(alpha(PALETTE[i % PALETTE.length], on));
            g.fill(new RoundRectangle2D.Double(dx - 31 + i * 9, 412 - 18 * on, 6, 18 * on + 3, 4, 4));
        }
    }

    // ---- the word

    /** Strokes of one letter on a grid where the x-height is 1; the pen's advance is the return value. */
    static double letter(Path2D path, char c, double x) {
        switch (c) {
            case 'C' -> {
                path.append(new Arc2D.Double(x, -1.5, 1.34, 1.5, 48, 264, Arc2D.OPEN), false);
                return 1.50;
            }
            case 'o' -> {
                path.append(new Ellipse2D.Double(x, -1, 0.92, 1), false);
                return 1.20;
            }
            case 'n' -> {
                path.append(new Line2D.Double(x, -1, x, 0), false);
                path.append(new Arc2D.Double(x, -1, 0.78, 0.9, 180, -180, Arc2D.OPEN), false);
                path.append(new Line2D.Double(x + 0.78, -0.55, x + 0.78, 0), false);
                return 1.06;
            }
            case 'f' -> {
                path.append(new Arc2D.Double(x + 0.2, -1.5, 0.6, 0.6, 60, 120, Arc2D.OPEN), false);
                path.append(new Line2D.Double(x + 0.2, -1.2, x + 0.2, 0), false);
                path.append(new Line2D.Double(x - 0.06, -0.95, x + 0.52, -0.95), false);
                return 0.84;
            }
            case 'e' -> {
                path.append(new Line2D.Double(x + 0.04, -0.53, x + 0.9, -0.53), false);
                path.append(new Arc2D.Double(x, -1, 0.92, 1, 0, 312, Arc2D.OPEN), false);
                return 1.14;
            }
            case 't' -> {
                path.append(new Line2D.Double(x + 0.2, -1.4, x + 0.2, -0.28), false);
                path.append(new Arc2D.Double(x + 0.2, -0.56, 0.56, 0.56, 180, 120, Arc2D.OPEN), false);
                path.append(new Line2D.Double(x - 0.06, -0.95, x + 0.56, -0.95), false);
                return 0.86;
            }
            case 'i' -> {
                path.append(new Line2D.Double(x + 0.1, -0.95, x + 0.1, 0), false);
                path.append(new Line2D.Double(x + 0.1, -1.42, x + 0.1, -1.4), false);
                return 0.4;
            }
            default -> throw new IllegalArgumentException("no strokes for '" + c + "'");
        }
    }

    static void word(Graphics2D g, double t) {
        double scale = 74;
        double pen = 0;
        double width = 7.7;
        String text = "Confetti";
        for (int i = 0; i < text.length(); i++) {
            Path2D strokes = new Path2D.Double();
            double advance = letter(strokes, text.charAt(i), 0);
            AffineTransform place = new AffineTransform();
            double hop = 7 * wave(t, 12, -i * 0.06) + 4 * pulse(t);
            place.translate(WIDTH / 2.0 + (pen - width / 2) * scale, 208 - hop);
            place.rotate(0.03 * wave(t, 6, i * 0.2));
            place.scale(scale, scale);
            strokes.transform(place);
            Color c = blend(PALETTE[i % PALETTE.length], Color.WHITE, 0.12);
            glow(g, strokes, c, 0.10 + 0.08 * pulse(t));
            g.setStroke(new BasicStroke(25, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.setColor(new Color(0x1a0936));
            g.draw(strokes);
            g.setStroke(new BasicStroke(16, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.setColor(c);
            g.draw(strokes);
            AffineTransform before = g.getTransform();
            g.translate(-2, -3);
            g.setStroke(new BasicStroke(3.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.setColor(alpha(Color.WHITE, 0.65));
            g.draw(strokes);
            g.setTransform(before);
            pen += advance;
        }
    }

    static void glow(Graphics2D g, Path2D strokes, Color c, double strength) {
        for (int w = 64; w >= 34; w -= 10) {
            g.setStroke(new BasicStroke(w, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.setColor(alpha(c, strength));
            g.draw(strokes);
        }
    }

    // ---- confetti

    static void flake(Graphics2D g, int kind, double x, double y, double size, double turn, double flip, Color c) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(turn);
        double squeeze = Math.max(0.18, Math.abs(flip));
        g.setColor(blend(c, flip > 0 ? Color.WHITE : Color.BLACK, 0.18));
        if (kind == 0) {
            g.fill(new Ellipse2D.Double(-size / 2, -size * squeeze / 2, size, size * squeeze));
        } else {
            g.fill(new RoundRectangle2D.Double(-size * 0.4, -size * 0.62 * squeeze, size * 0.8, size * 1.24 * squeeze, 2, 2));
        }
        g.setTransform(before);
    }

    static void fallingConfetti(Graphics2D g, double t) {
        Random random = new Random(7);
        double span = HEIGHT + 60;
        for (int i = 0; i < 84; i++) {
            double x0 = random.nextDouble() * WIDTH;
            double y0 = random.nextDouble() * span;
            int falls = 2 + random.nextInt(4);
            double size = 6 + random.nextDouble() * 7;
            int sway = 4 + random.nextInt(6);
            double phase = random.nextDouble();
            int turns = random.nextInt(9) - 4;
            int flips = 10 + random.nextInt(14);
            Color c = PALETTE[random.nextInt(PALETTE.length)];
            double y = (y0 + falls * span * t / SECONDS) % span - 30;
            double x = x0 + 22 * wave(t, sway, phase);
            flake(g, i % 4, x, y, size, 2 * Math.PI * (turns * t / SECONDS + phase), wave(t, flips, phase), c);
        }
    }

    /** Two cannons at the stage's sides, every eight seconds. */
    static void cannons(Graphics2D g, double t) {
        Random random = new Random(21);
        for (int shot = 0; shot < 3; shot++) {
            double age = (t - 8 * shot - 1 + SECONDS) % SECONDS;
            for (int i = 0; i < 90; i++) {
                boolean left = i % 2 == 0;
                double speed = 330 + random.nextDouble() * 330;
                double angle = Math.toRadians(48 + random.nextDouble() * 38);
                double size = 6 + random.nextDouble() * 7;
                double spin = random.nextDouble() * 8 - 4;
                double drag = 1.1 + random.nextDouble() * 0.5;
                Color c = PALETTE[random.nextInt(PALETTE.length)];
                double late = random.nextDouble() * 0.25;
                double a = age - late;
                if (a < 0 || a > 6) {
                    continue;
                }
                double reach = (1 - Math.exp(-drag * a)) / drag;
                double x = (left ? -10 : WIDTH + 10) + (left ? 1 : -1) * speed * Math.cos(angle) * reach + 12 * Math.sin(3 * a + i);
                double y = 420 - speed * 1.25 * Math.sin(angle) * reach + 62 * a * Math.min(a, 1.4);
                if (y > HEIGHT + 20) {
                    continue;
                }
                flake(g, i % 5, x, y, size, spin * a, Math.sin(9 * a + i), c);
            }
        }
    }

    // ---- the crowd

    static void crowd(Graphics2D g, double t) {
        Random random = new Random(3);
        for (int row = 0; row < 2; row++) {
            int people = row == 0 ? 17 : 14;
            Color c = row == 0 ? new Color(0x1a0b3a) : new Color(0x0d0522);
            for (int i = 0; i < people; i++) {
                double phase = random.nextDouble();
                double shift = random.nextDouble() * 14 - 7;
                boolean hands = random.nextInt(5) < 3;
                double tall = random.nextDouble() * 12;
                double x = (i + 0.5 + row * 0.3) * WIDTH / people + shift;
                double base = row == 0 ? 446 : 470;
                double y = base - tall - 7 * Math.abs(wave(t, 24, phase * 0.15));
                double r = row == 0 ? 13 : 17;
                g.setColor(c);
                g.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
                g.fill(new RoundRectangle2D.Double(x - 1.8 * r, y + r * 0.75, 3.6 * r, 80, 2 * r, 2 * r));
                if (hands) {
                    g.setStroke(new BasicStroke((float) (r * 0.52), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                    double swing = 9 * wave(t, 12, phase * 0.3);
                    g.draw(new Line2D.Double(x - 1.5 * r, y + 1.3 * r, x - 1.9 * r + swing, y - 1.9 * r));
                    g.draw(new Line2D.Double(x + 1.5 * r, y + 1.3 * r, x + 1.9 * r + swing, y - 1.9 * r));
                    if (i % 4 == row) {
                        g.setColor(PALETTE[(i + row) % PALETTE.length]);
                        g.setStroke(new BasicStroke(4.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                        g.draw(new Line2D.Double(x + 1.9 * r + swing, y - 1.9 * r, x + 1.9 * r + 1.7 * swing, y - 3.4 * r));
                    }
                }
            }
        }
    }

    // ---- the clock

    /** Which of the segments top, top left, top right, middle, bottom left, bottom right, bottom are lit. */
    static final String[] SEGMENTS = {"1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"};

    static void clock(Graphics2D g, int frame) {
        int centiseconds = frame * 100 / FRAMES_PER_SECOND;
        double x = WIDTH - 142;
        double y = 16;
        g.setColor(alpha(new Color(0x0c0420), 0.66));
        g.fill(new RoundRectangle2D.Double(x - 16, y - 6, 142, 40, 40, 40));
        double beat = pulse(frame / (double) FRAMES_PER_SECOND);
        g.setColor(alpha(new Color(0xff3b5c), 0.55 + 0.45 * beat));
        g.fill(new Ellipse2D.Double(x - 3, y + 8, 12, 12));
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        String digits = "%02d%02d".formatted(centiseconds / 100, centiseconds % 100);
        double pen = x + 24;
        for (int i = 0; i < 4; i++) {
            digit(g, digits.charAt(i) - '0', pen, y + 3);
            pen += 20;
            if (i == 1) {
                g.fill(new Ellipse2D.Double(pen - 2, y + 21, 5, 5));
                pen += 9;
            }
        }
    }

    static void digit(Graphics2D g, int value, double x, double y) {
        double w = 12;
        double h = 11;
        double[][] lines = {
            {0, 0, w, 0}, {0, 0, 0, h}, {w, 0, w, h}, {0, h, w, h}, {0, h, 0, 2 * h}, {w, h, w, 2 * h}, {0, 2 * h, w, 2 * h}
        };
        for (int i = 0; i < 7; i++) {
            if (SEGMENTS[value].charAt(i) == '1') {
                double[] l = lines[i];
                g.draw(new Line2D.Double(x + l[0], y + l[1], x + l[2], y + l[3]));
            }
        }
    }

    // ---- music

    /** Chords of four seconds as MIDI notes: C, G, A minor, F, D minor, G. */
    static final int[][] CHORDS = {{60, 64, 67, 71}, {55, 59, 62, 69}, {57, 60, 64, 67}, {53, 57, 60, 64}, {50, 57, 60, 65}, {55, 59, 62, 65}};

    static double hertz(int note) {
        return 440 * Math.pow(2, (note - 69) / 12.0);
    }

    static void audio(OutputStream out) throws IOException {
        int samples = SECONDS * SAMPLES_PER_SECOND;
        double[] left = new double[samples];
        double[] right = new double[samples];
        Random random = new Random(11);
        for (int chord = 0; chord < CHORDS.length; chord++) {
            double start = chord * 4.0;
            for (int note : CHORDS[chord]) {
                pad(left, right, start, hertz(note), 0.030);
            }
            pluck(left, right, start, hertz(CHORDS[chord][0] - 12), 0.16, 1.6, 0.5);
            pluck(left, right, start + 2, hertz(CHORDS[chord][0] - 12), 0.12, 1.6, 0.5);
            int[] order = {0, 1, 2, 3, 2, 1, 3, 2, 0, 2, 1, 3, 2, 3, 1, 2};
            for (int step = 0; step < 16; step++) {
                if (random.nextInt(6) == 0) {
                    continue;
                }
                double pan = 0.5 + 0.3 * Math.sin(step * 0.8);
                pluck(left, right, start + step * 0.25, hertz(CHORDS[chord][order[step]] + 12), 0.055 + 0.02 * (step % 4 == 0 ? 1 : 0), 0.5, pan);
            }
            for (int beat = 0; beat < 8; beat++) {
                kick(left, right, start + beat * 0.5, beat % 2 == 0 ? 0.16 : 0.09);
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(samples * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            bytes.putShort((short) Math.round(32767 * Math.tanh(left[i])));
            bytes.putShort((short) Math.round(32767 * Math.tanh(right[i])));
        }
        out.write(bytes.array());
    }

    /** Adds a sound to both channels; what runs over the end goes on at the beginning, so the loop has no seam. */
    interface Sound {
        double at(double seconds);
    }

    static void add(double[] left, double[] right, double start, double length, double pan, Sound sound) {
        int first = (int) Math.round(start * SAMPLES_PER_SECOND);
        int count = (int) Math.round(length * SAMPLES_PER_SECOND);
        for (int i = 0; i < count; i++) {
            double value = sound.at(i / (double) SAMPLES_PER_SECOND);
            int index = (first + i) % left.length;
            left[index] += value * (1 - pan) * 1.4;
            right[index] += value * pan * 1.4;
        }
    }

    static void pad(double[] left, double[] right, double start, double hertz, double volume) {
        for (int voice = 0; voice < 2; voice++) {
            double f = hertz * (voice == 0 ? 0.9985 : 1.0015);
            add(left, right, start, 5.2, voice == 0 ? 0.3 : 0.7, s -> {
                double envelope = Math.min(1, s / 0.9) * Math.min(1, (5.2 - s) / 1.2);
                return volume * envelope * (Math.sin(2 * Math.PI * f * s) + 0.25 * Math.sin(4 * Math.PI * f * s));
            });
        }
    }

    static void pluck(double[] left, double[] right, double start, double hertz, double volume, double decay, double pan) {
        add(left, right, start, decay * 4, pan, s -> {
            double attack = Math.min(1, s / 0.006);
            double fade = Math.exp(-s / decay * 1.6);
            double bright = Math.exp(-s / decay * 5);
            return volume * attack * fade * (Math.sin(2 * Math.PI * hertz * s) + 0.35 * bright * Math.sin(4 * Math.PI * hertz * s) + 0.15 * bright * Math.sin(6 * Math.PI * hertz * s));
        });
    }

    static void kick(double[] left, double[] right, double start, double volume) {
        add(left, right, start, 0.3, 0.5, s -> volume * Math.min(1, s / 0.003) * Math.exp(-s * 16) * Math.sin(2 * Math.PI * (48 * s + 2.2 * (1 - Math.exp(-s * 34)))));
    }

    private RenderClip() {}
}
