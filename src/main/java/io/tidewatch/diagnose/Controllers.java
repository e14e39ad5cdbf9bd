package io.tidewatch.diagnose;

import io.tidewatch.model.ControllerView;

/** Tells the controllers' Deployments apart by their images. */
final class Controllers {

    private Controllers() {}

    static boolean isKeda(ControllerView controller) {
        return repository(controller).endsWith("/keda")
                || repository(controller).equals("keda");
    }

    static boolean isArgoRollouts(ControllerView controller) {
        return repository(controller).endsWith("/argo-rollouts")
                || repository(controller).equals("argo-rollouts");
    }

    /** The image without tag and digest. */
    private static String repository(ControllerView controller) {
        String image = controller.image();
        String untagged = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int tag = untagged.indexOf(':', untagged.lastIndexOf('/') + 1);
        return tag < 0 ? untagged : untagged.substring(0, tag);
    }
}
