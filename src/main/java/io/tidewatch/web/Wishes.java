package io.tidewatch.web;

import io.tidewatch.view.tonight.Wish;

/** Which lanes a request asks for: {@code ?q=checkout&ns=shop&page=2}. */
final class Wishes {

    private static final int LONGEST_NUMBER = 6;

    private Wishes() {}

    static Wish of(Request request) {
        return new Wish(
                request.parameter("q").orElse(""),
                request.parameter("ns"),
                request.parameter("page").map(Wishes::number).orElse(1));
    }

    private static int number(String text) {
        return text.length() <= LONGEST_NUMBER && text.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(text)
                : 1;
    }
}
