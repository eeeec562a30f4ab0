import { asText, type Fields } from './fields';

export interface AuthField {
  key: string;
  label: string;
  secret?: boolean;
  options?: { value: string; name: string }[];
}

export interface AuthKind {
  type: string;
  name: string;
  fields: AuthField[];
}

export const authKinds: AuthKind[] = [
  {
    type: 'basic',
    name: 'Basic',
    fields: [
      { key: 'username', label: 'User name' },
      { key: 'password', label: 'Password', secret: true },
    ],
  },
  {
    type: 'bearer',
    name: 'Bearer token',
    fields: [
      { key: 'token', label: 'Token', secret: true },
      { key: 'prefix', label: 'Prefix' },
    ],
  },
  {
    type: 'apikey',
    name: 'API key',
    fields: [
      { key: 'key', label: 'Name' },
      { key: 'value', label: 'Value', secret: true },
      {
        key: 'addTo',
        label: 'Sent in',
        options: [
          { value: 'header', name: 'Header' },
          { value: 'queryParams', name: 'Query parameter' },
          { value: 'cookie', name: 'Cookie' },
        ],
      },
    ],
  },
  {
    type: 'oauth2',
    name: 'OAuth 2',
    fields: [
      {
        key: 'grantType',
        label: 'Grant type',
        options: [
          { value: 'authorization_code', name: 'Authorization code' },
          { value: 'client_credentials', name: 'Client credentials' },
          { value: 'password', name: 'Password' },
          { value: 'implicit', name: 'Implicit' },
        ],
      },
      { key: 'authorizationUrl', label: 'Authorization URL' },
      { key: 'accessTokenUrl', label: 'Access token URL' },
      { key: 'clientId', label: 'Client ID' },
      { key: 'clientSecret', label: 'Client secret', secret: true },
      { key: 'redirectUrl', label: 'Redirect URL' },
      { key: 'scope', label: 'Scope' },
      { key: 'audience', label: 'Audience' },
    ],
  },
];

export const authType = (authentication: Fields) => asText(authentication.type);

/** Fields of an authentication that has no form of its own: its texts, under their own names. */
export const genericFields = (authentication: Fields): AuthField[] =>
  Object.entries(authentication)
    .filter(([key, value]) => key !== 'type' && typeof value === 'string')
    .map(([key]) => ({ key, label: key, secret: /secret|password|token|key$/i.test(key) }));
