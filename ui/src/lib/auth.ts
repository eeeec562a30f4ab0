import { asText, type Fields } from './fields';

export interface AuthField {
  key: string;
  label: string;
  secret?: boolean;
  /** Yes or no. */
  flag?: boolean;
  /** A text of several lines, such as a key. */
  long?: boolean;
  options?: { value: string; name: string }[];
  /** Shown only where this holds. */
  when?: (authentication: Fields) => boolean;
}

export interface AuthKind {
  type: string;
  name: string;
  fields: AuthField[];
  /** Said below its name. */
  hint?: string;
}

const option = (value: string, name = value) => ({ value, name });
const userName: AuthField = { key: 'username', label: 'User name' };
const password: AuthField = { key: 'password', label: 'Password', secret: true };
const grant = (...grants: string[]) =>
  ((authentication: Fields) =>
    grants.includes(asText(authentication.grantType) || 'authorization_code')) satisfies AuthField['when'];

const oauth1: AuthField[] = [
  { key: 'consumerKey', label: 'Consumer key' },
  { key: 'consumerSecret', label: 'Consumer secret', secret: true },
  { key: 'tokenKey', label: 'Token key' },
  { key: 'tokenSecret', label: 'Token secret', secret: true },
  {
    key: 'signatureMethod',
    label: 'Signature method',
    options: [option('HMAC-SHA1'), option('HMAC-SHA256'), option('RSA-SHA1'), option('PLAINTEXT')],
  },
  {
    key: 'privateKey',
    label: 'Private key',
    long: true,
    when: ({ signatureMethod }) => signatureMethod === 'RSA-SHA1',
  },
  { key: 'callback', label: 'Callback URL' },
  { key: 'version', label: 'Version' },
  { key: 'timestamp', label: 'Timestamp' },
  { key: 'realm', label: 'Realm' },
  { key: 'nonce', label: 'Nonce' },
  { key: 'verifier', label: 'Verifier' },
  { key: 'includeBodyHash', label: 'Send a hash of the body', flag: true },
];

const withToken = grant('authorization_code', 'client_credentials', 'password', 'refresh_token');
const inBrowser = grant('authorization_code', 'implicit', 'mcp_auth_flow');
const oauth2: AuthField[] = [
  {
    key: 'grantType',
    label: 'Grant type',
    options: [
      option('authorization_code', 'Authorization code'),
      option('client_credentials', 'Client credentials'),
      option('implicit', 'Implicit'),
      option('password', 'Password'),
      option('refresh_token', 'Refresh token'),
      option('mcp_auth_flow', 'MCP sign-in'),
    ],
  },
  { ...userName, when: grant('password') },
  { ...password, when: grant('password') },
  { key: 'authorizationUrl', label: 'Authorization URL', when: inBrowser },
  { key: 'accessTokenUrl', label: 'Access token URL', when: withToken },
  { key: 'clientId', label: 'Client ID' },
  {
    key: 'clientSecret',
    label: 'Client secret',
    secret: true,
    when: (authentication) => !grant('implicit')(authentication),
  },
  { key: 'usePkce', label: 'Use PKCE', flag: true, when: grant('authorization_code') },
  {
    key: 'pkceMethod',
    label: 'PKCE method',
    options: [option('S256', 'SHA-256'), option('plain', 'Plain')],
    when: (authentication) => authentication.usePkce === true && grant('authorization_code')(authentication),
  },
  { key: 'useDefaultBrowser', label: 'Sign in with the default browser', flag: true, when: inBrowser },
  { key: 'redirectUrl', label: 'Redirect URL', when: inBrowser },
  {
    key: 'responseType',
    label: 'Response type',
    options: [
      option('token', 'Access token'),
      option('id_token', 'ID token'),
      option('id_token token', 'ID token and access token'),
      option('code', 'Code'),
      option('none', 'None'),
    ],
    when: grant('implicit'),
  },
  { key: 'refreshToken', label: 'Refresh token', secret: true, when: grant('refresh_token') },
  { key: 'scope', label: 'Scope' },
  { key: 'state', label: 'State', when: inBrowser },
  {
    key: 'credentialsInBody',
    label: 'Send the client’s credentials in the body',
    flag: true,
    when: withToken,
  },
  { key: 'tokenPrefix', label: 'Token prefix' },
  { key: 'audience', label: 'Audience' },
  { key: 'resource', label: 'Resource' },
  { key: 'origin', label: 'Origin', when: grant('authorization_code', 'implicit', 'client_credentials') },
];

export const authKinds: AuthKind[] = [
  {
    type: 'none',
    name: 'None',
    fields: [],
    hint: 'The request is sent without authentication, whatever the folder says.',
  },
  {
    type: 'basic',
    name: 'Basic',
    fields: [userName, password, { key: 'useISO88591', label: 'Encode as ISO 8859-1', flag: true }],
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
          option('header', 'Header'),
          option('queryParams', 'Query parameter'),
          option('cookie', 'Cookie'),
        ],
      },
    ],
  },
  { type: 'digest', name: 'Digest', fields: [userName, password] },
  { type: 'ntlm', name: 'Microsoft NTLM', fields: [userName, password] },
  { type: 'oauth1', name: 'OAuth 1.0', fields: oauth1 },
  { type: 'oauth2', name: 'OAuth 2.0', fields: oauth2 },
  {
    type: 'hawk',
    name: 'Hawk',
    fields: [
      { key: 'id', label: 'Auth ID' },
      { key: 'key', label: 'Auth key', secret: true },
      {
        key: 'algorithm',
        label: 'Algorithm',
        options: [option('sha256', 'SHA-256'), option('sha1', 'SHA-1')],
      },
      { key: 'ext', label: 'Ext' },
      { key: 'validatePayload', label: 'Validate the payload', flag: true },
    ],
  },
  {
    type: 'iam',
    name: 'AWS IAM',
    fields: [
      { key: 'accessKeyId', label: 'Access key ID' },
      { key: 'secretAccessKey', label: 'Secret access key', secret: true },
      { key: 'region', label: 'Region' },
      { key: 'service', label: 'Service' },
      { key: 'sessionToken', label: 'Session token', secret: true },
    ],
  },
  {
    type: 'asap',
    name: 'Atlassian ASAP',
    fields: [
      { key: 'issuer', label: 'Issuer' },
      { key: 'subject', label: 'Subject' },
      { key: 'audience', label: 'Audience' },
      { key: 'additionalClaims', label: 'Additional claims' },
      { key: 'keyId', label: 'Key ID' },
      { key: 'privateKey', label: 'Private key', long: true },
    ],
  },
  {
    type: 'netrc',
    name: 'Netrc file',
    fields: [],
    hint: 'User name and password come from the .netrc file of whoever sends the request.',
  },
  { type: 'singleToken', name: 'Single token', fields: [{ key: 'token', label: 'Token', secret: true }] },
];

export const authType = (authentication: Fields) => asText(authentication.type);

/** The fields to show now. */
export const shownFields = (kind: AuthKind, authentication: Fields) =>
  kind.fields.filter(({ when }) => when?.(authentication) ?? true);

/** Fields that no form shows: texts under their own names. */
export function otherFields(authentication: Fields): AuthField[] {
  const known = authKinds.find(({ type }) => type === authType(authentication))?.fields ?? [];
  return Object.entries(authentication)
    .filter(([key, value]) => key !== 'type' && typeof value === 'string' && value !== '')
    .filter(([key]) => !known.some((field) => field.key === key))
    .map(([key]) => ({ key, label: key, secret: /secret|password|token|key$/i.test(key) }));
}
