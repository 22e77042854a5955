// The types of the elements in JSX, for React 19. It sets a property where the
// element has one, and listens to the event that follows `on`.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type {
  CoderExternalAuth,
  CoderExternalAuthButton,
  CoderExternalAuthProvider,
  ExternalAuthEventMap,
  Theme,
} from "./element.js";

export * from "./element.js";

type EventProps = {
  [Name in keyof ExternalAuthEventMap as `on${Name}`]?: (event: ExternalAuthEventMap[Name]) => void;
};

interface SharedProps extends EventProps {
  // On a server, React writes the name as an attribute, as it stands here: these
  // are the names of the attributes.
  "base-url"?: string | undefined;
  "heading-level"?: string | number | undefined;
  "page-url"?: string | undefined;
  "return-path"?: string | undefined;
  baseUrl?: string | undefined;
  density?: "comfortable" | "compact" | undefined;
  headingLevel?: string | number | undefined;
  locale?: string | undefined;
  pageUrl?: string | undefined;
  returnPath?: string | undefined;
  theme?: Theme | undefined;
  sessionToken?: string | undefined;
  csrfToken?: string | undefined;
}

type Props<Element extends HTMLElement, Own> = DetailedHTMLProps<HTMLAttributes<Element>, Element> & SharedProps & Own;

export type CoderExternalAuthProps = Props<CoderExternalAuth, { providers?: readonly string[] | string | undefined }>;

export type CoderExternalAuthProviderProps = Props<CoderExternalAuthProvider, { provider?: string | undefined }>;

export type CoderExternalAuthButtonProps = Props<
  CoderExternalAuthButton,
  {
    provider?: string | undefined;
    name?: string | undefined;
    form?: string | undefined;
    required?: boolean | undefined;
    disabled?: boolean | undefined;
  }
>;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "coder-external-auth": CoderExternalAuthProps;
      "coder-external-auth-provider": CoderExternalAuthProviderProps;
      "coder-external-auth-button": CoderExternalAuthButtonProps;
    }
  }
}
